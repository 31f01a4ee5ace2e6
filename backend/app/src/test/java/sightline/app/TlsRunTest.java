package sightline.app;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sightline.redis.RedisServer;

/** The bridge at a broker that asks for certificates. */
@Tag("slow")
final class TlsRunTest {
  @TempDir Path folder;

  private Map<String, String> settings(RedisServer redis, int mqttPort, Certificates of) {
    Map<String, String> environment = new HashMap<>();
    environment.put("SIGHTLINE_DATA", folder.resolve("data").toString());
    environment.put("SIGHTLINE_REDIS_URL", redis.settings().url());
    environment.put("SIGHTLINE_RUN_HISTORY", "sqlite");
    environment.put("SIGHTLINE_RUN_ADMIN_PORT", "0");
    environment.put("SIGHTLINE_BRIDGE_MQTT_URL", "mqtts://localhost:" + mqttPort);
    environment.put("SIGHTLINE_BRIDGE_MQTT_CA", of.file("ca.crt").toString());
    environment.put("SIGHTLINE_BRIDGE_MQTT_CERTIFICATE", of.file("bridge.crt").toString());
    environment.put("SIGHTLINE_BRIDGE_MQTT_KEY", of.file("bridge.key").toString());
    return environment;
  }

  private static Certificates certificates(Path folder, String algorithm) throws Exception {
    Certificates made = new Certificates(folder);
    made.issue("broker", "rsa:2048");
    made.issue("bridge", algorithm);
    return made;
  }

  private static String tls(Certificates of) {
    return """
        allow_anonymous false
        cafile %s
        certfile %s
        keyfile %s
        require_certificate true
        use_identity_as_username true
        """
        .formatted(of.file("ca.crt"), of.file("broker.crt"), of.file("broker.key"));
  }

  private static boolean within(RoleProcess bridge, String text) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (System.nanoTime() < deadline) {
      if (bridge.program().err().contains(text)) {
        return true;
      }
      LockSupport.parkNanos(20_000_000);
    }
    return false;
  }

  @Test
  void theBridgeShowsItsCertificateAndChecksTheBrokers() throws Exception {
    Certificates ours = certificates(folder.resolve("ours"), "ec -pkeyopt ec_paramgen_curve:P-256");
    Certificates others = certificates(folder.resolve("others"), "rsa:2048");
    try (RedisServer redis = RedisServer.start();
        Mosquitto mosquitto = new Mosquitto(folder, tls(ours))) {
      try (RoleProcess bridge =
          new RoleProcess(
              folder.resolve("good"), settings(redis, mosquitto.port(), ours), "bridge")) {
        assertTrue(within(bridge, "bridge-events is connected"), bridge.program().err());
      }
      try (RoleProcess stranger =
          new RoleProcess(
              folder.resolve("stranger"), settings(redis, mosquitto.port(), others), "bridge")) {
        assertTrue(within(stranger, "can't use the broker"), stranger.program().err());
        assertFalse(stranger.ready());
        assertFalse(stranger.program().err().contains("is connected"), stranger.program().err());
      }
    }
  }
}
