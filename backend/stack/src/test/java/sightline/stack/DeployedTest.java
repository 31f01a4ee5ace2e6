package sightline.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the files in {@code deploy/} must say, for what the documents promise. */
final class DeployedTest {
  /** Metaspace, compiled code, stacks and the collector of one of our processes. */
  private static final long BESIDE_MEGABYTES = 256;

  private static String shipped(String file) throws IOException {
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      if (Files.isDirectory(at.resolve("deploy"))) {
        return Files.readString(at.resolve("deploy").resolve(file));
      }
    }
    throw new IOException("there is no folder deploy");
  }

  private static long megabytes(String text, String name) {
    Matcher found = Pattern.compile(Pattern.quote(name) + "([0-9]+)([mMgG])").matcher(text);
    assertTrue(found.find(), name);
    long number = Long.parseLong(found.group(1));
    return found.group(2).equalsIgnoreCase("g") ? number * 1024 : number;
  }

  private static long number(String text, String name) {
    Matcher found = Pattern.compile("(?m)^" + Pattern.quote(name) + "([0-9]+)$").matcher(text);
    assertTrue(found.find(), name);
    return Long.parseLong(found.group(1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sightline-bridge@.service",
        "sightline-gateway@.service",
        "sightline-recorder.service",
        "sightline-probe.service"
      })
  void aUnitMayTakeMoreThanItsHeapAndDirectMemory(String unit) throws IOException {
    String text = shipped("systemd/" + unit);
    long most = megabytes(text, "MemoryMax=");
    long own = megabytes(text, "-Xmx") + megabytes(text, "-XX:MaxDirectMemorySize=");
    assertTrue(most >= own + BESIDE_MEGABYTES, most + " MB for " + own);
  }

  @Test
  void mosquittoMayOpenAFileForEachConnectionItTakes() throws IOException {
    long files = number(shipped("systemd/mosquitto.service.d/sightline.conf"), "LimitNOFILE=");
    assertTrue(files > number(shipped("mosquitto.conf"), "max_connections ") + 1_000);
  }

  /** P60: the same packet bound on both brokers, and MQTT alone on each listener. */
  @Test
  void mosquittosListenersSpeakMqttAloneWithTheEmbeddedBrokersPacketBound() throws IOException {
    String text = shipped("mosquitto.conf");
    assertEquals(262_144, number(text, "max_packet_size "));
    String[] listeners = text.split("(?m)^listener ", -1);
    for (int i = 1; i < listeners.length; i++) {
      assertTrue(listeners[i].contains("\nprotocol mqtt\n"), listeners[i]);
    }
  }

  @Test
  void redisSyncsEachSecondThoughItRewritesItsFile() throws IOException {
    String text = shipped("redis.conf");
    assertTrue(text.contains("\nappendfsync everysec\n"));
    assertTrue(text.contains("\nno-appendfsync-on-rewrite no\n"));
  }

  @Test
  void nginxWaitsForAReplayThatReadsHistory() throws IOException {
    String replay = shipped("nginx.conf").split("location = /replay", 2)[1].split("}", 2)[0];
    assertEquals(
        60, Long.parseLong(replay.replaceAll("(?s).*proxy_read_timeout ([0-9]+)s.*", "$1")));
  }
}
