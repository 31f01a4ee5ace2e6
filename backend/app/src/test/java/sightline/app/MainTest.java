package sightline.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real program in a process of its own: what a person who starts it wrongly is told. */
final class MainTest {
  @TempDir Path folder;

  private void refused(int code, String line, String... arguments) throws Exception {
    refused(code, line, Map.of(), arguments);
  }

  private void refused(int code, String line, Map<String, String> environment, String... arguments)
      throws Exception {
    try (Program program = new Program(folder, environment, List.of(arguments))) {
      assertEquals(code, program.code(), program.err());
      assertEquals("sightline: " + line + "\n", program.err().replace(folder.toString(), "DIR"));
      assertEquals("", program.out());
    }
  }

  @Test
  void anUnknownCommandOptionOrSettingNamesTheNearest() throws Exception {
    refused(2, "Unknown word confg; did you mean config? (sightline help sightline)", "confg");
    refused(2, "Unknown option --dta; did you mean --data? (sightline help up)", "up", "--dta");
    refused(
        2,
        "The environment's SIGHTLINE_BROKER_PROT is no setting;"
            + " did you mean SIGHTLINE_BROKER_PORT?",
        Map.of("SIGHTLINE_BROKER_PROT", "1"),
        "up");
  }

  @Test
  void aBadPortIsToldByItsFlag() throws Exception {
    refused(
        2, "--mqtt-port: broker.port must be a whole number, not \"x\".", "up", "--mqtt-port=x");
    refused(
        2,
        "--mqtt-port: broker.port must be from 0 to 65535, not 99999.",
        "up",
        "--mqtt-port=99999");
  }

  @Test
  void anAddressOfOthersIsRefused() throws Exception {
    refused(
        1,
        "Without sign-in and TLS it listens on this machine alone: --bind takes 127.0.0.1 or ::1,"
            + " not 0.0.0.0.",
        "up",
        "--bind=0.0.0.0");
  }

  @Test
  void aPortInUseIsNamedWithTheFlagThatChoosesAnother() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      refused(
          1,
          "MQTT port "
              + taken.getLocalPort()
              + " on 127.0.0.1 can't be had (Address already in use); stop what uses it, or choose"
              + " another with --mqtt-port (0 takes a free one).",
          "up",
          "--port=0",
          "--mqtt-port=" + taken.getLocalPort());
    }
  }

  @Test
  void aFleetGoesByTlsWithCertificatesOrWithoutBoth() throws Exception {
    String line = "--certs DIR goes with an mqtts:// broker, and it with --certs.";
    refused(1, line, "simulate", "1", "--mqtt=mqtts://127.0.0.1:8883");
    refused(1, line, "simulate", "1", "--certs=certs");
    refused(
        1,
        "The simulated fleet can't start: java.nio.file.NoSuchFileException: certs/ca.crt.",
        "simulate",
        "1",
        "--mqtt=mqtts://127.0.0.1:8883",
        "--certs=certs");
  }

  @Test
  void aMissingSettingsFileIsNamed() throws Exception {
    refused(2, "There is no settings file absent.yaml.", "up", "--config=absent.yaml");
  }

  @Test
  void theSettingsFileOfTheDataDirectoryIsTakenAndItsErrorsAreOneLine() throws Exception {
    Files.createDirectories(folder.resolve("data"));
    Files.writeString(folder.resolve("data/sightline.yaml"), "broker:\n  prot: 1\n");
    refused(
        2,
        "DIR/data/sightline.yaml:2: broker.prot is no setting; did you mean broker.port?",
        "config");
  }

  @Test
  void upSaysWhenItIsReadyHoldsItsDataDirectoryAndStopsCleanlyOnTerm() throws Exception {
    Path ready = folder.resolve("ready.json");
    List<String> arguments = List.of("up", "--port=0", "--mqtt-port=0", "--ready-file=" + ready);
    try (Program up = new Program(folder, Map.of(), arguments)) {
      up.await(ready);
      JsonNode said = new ObjectMapper().readTree(ready.toFile());
      assertEquals(up.process().pid(), said.get("pid").asLong());
      assertEquals(folder.resolve("data").toString(), said.get("data").asText());
      assertTrue(accepts(said.get("mqtt").asInt()), "devices can connect");
      assertTrue(accepts(said.get("http").asInt()), "browsers can connect");
      assertTrue(up.out().contains("http://127.0.0.1:" + said.get("http") + "/"), up.out());
      assertTrue(up.out().contains("mosquitto_pub -h 127.0.0.1 -p " + said.get("mqtt")), up.out());
      secondIsRefused(up.process().pid());
      up.process().destroy();
      assertEquals(0, up.code(), up.err());
    }
  }

  private void secondIsRefused(long pid) throws Exception {
    Path other = Files.createDirectory(folder.resolve("other"));
    List<String> arguments =
        List.of("up", "--port=0", "--mqtt-port=0", "--data=" + folder.resolve("data"));
    try (Program second = new Program(other, Map.of(), arguments)) {
      assertEquals(1, second.code());
      assertEquals(
          "sightline: The data directory %s is in use by process %d; stop that one, or choose another with --data.\n"
              .formatted(folder.resolve("data"), pid),
          second.err());
    }
  }

  private static boolean accepts(int port) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    }
  }
}
