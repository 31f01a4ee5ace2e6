package sightline.device;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static sightline.device.SpoolContractTest.ids;
import static sightline.device.SpoolContractTest.payload;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class DiskSpoolTest {
  @TempDir Path directory = Path.of("");

  @Test
  void keepsTheUnansweredOverARestart() throws Exception {
    try (Spool spool = open()) {
      spool.append("a", payload("a"));
      spool.append("b", payload("b"));
      spool.append("c", payload("c"));
      spool.remove("b");
    }
    try (Spool spool = open()) {
      assertEquals(List.of("a", "c"), ids(spool.after(0, 9)));
      assertArrayEquals(payload("c"), spool.after(0, 9).get(1).payload());
    }
  }

  @Test
  void dropsALineTornAnywhereAndKeepsAllBeforeIt() throws Exception {
    try (Spool spool = open()) {
      spool.append("a", payload("a"));
      spool.append("b", payload("b"));
    }
    byte[] whole = Files.readAllBytes(log());
    int first = new String(whole, UTF_8).indexOf('\n') + 1;
    for (int length = first; length < whole.length; length++) {
      Files.write(log(), Arrays.copyOf(whole, length));
      try (Spool spool = open()) {
        assertEquals(List.of("a"), ids(spool.after(0, 9)), "torn after " + length + " bytes");
        spool.append("c", payload("c"));
      }
      try (Spool spool = open()) {
        assertEquals(List.of("a", "c"), ids(spool.after(0, 9)), "torn after " + length + " bytes");
      }
    }
  }

  @Test
  void dropsAnEndOfZeroesAsAPowerCutLeavesIt() throws Exception {
    try (Spool spool = open()) {
      spool.append("a", payload("a"));
    }
    byte[] whole = Files.readAllBytes(log());
    Files.write(log(), Arrays.copyOf(whole, whole.length + 4_096));
    try (Spool spool = open()) {
      assertEquals(List.of("a"), ids(spool.after(0, 9)));
      spool.append("b", payload("b"));
    }
    try (Spool spool = open()) {
      assertEquals(List.of("a", "b"), ids(spool.after(0, 9)));
    }
  }

  @Test
  void keepsWhatIsAfterADamagedLineAndSetsTheDamagedLogAside() throws Exception {
    try (Spool spool = open()) {
      spool.append("a", payload("a"));
      spool.append("b", payload("b"));
      spool.append("c", payload("c"));
    }
    byte[] bytes = Files.readAllBytes(log());
    bytes[bytes.length / 2] ^= 1;
    Files.write(log(), bytes);
    try (Spool spool = open()) {
      assertEquals(List.of("a", "c"), ids(spool.after(0, 9)));
    }
    assertArrayEquals(bytes, Files.readAllBytes(log().resolveSibling("damaged-events.log")));
    try (Spool spool = open()) {
      assertEquals(List.of("a", "c"), ids(spool.after(0, 9)));
    }
  }

  @Test
  void staysSmallHoweverManyEventsPass() throws Exception {
    byte[] payload = new byte[1_000];
    Arrays.fill(payload, (byte) 'x');
    try (Spool spool = open()) {
      spool.append("first", payload);
      for (int i = 0; i < 500; i++) {
        spool.append("e" + i, payload);
        spool.remove("e" + i);
        assertTrue(Files.size(log()) < 70_000, "after " + i);
      }
    }
    try (Spool spool = open()) {
      assertEquals(List.of("first"), ids(spool.after(0, 9)));
      spool.remove("first");
      assertEquals(0, Files.size(log()));
    }
  }

  @Test
  void writesDeadLettersWithTheirReason() throws Exception {
    try (Spool spool = open()) {
      spool.append("a", payload("a"));
      spool.bury("a", "unknown \"device\"", 7);
      assertEquals(
          "{\"rejected\":\"unknown \\\"device\\\"\",\"time\":7,\"event\":{\"id\":\"a\"}}\n",
          Files.readString(directory.resolve("spool/dead-letters.jsonl")));
    }
    try (Spool spool = open()) {
      assertEquals(0, spool.size());
    }
  }

  @Test
  void refusesADirectoryThatIsInUse() throws Exception {
    try (Spool spool = open()) {
      spool.append("a", payload("a"));
      SpoolException refused = assertThrows(SpoolException.class, this::open);
      assertTrue(String.valueOf(refused.getMessage()).contains("in use"), refused.toString());
    }
  }

  @Test
  void makesNoFileBeforeTheFirstEvent() throws Exception {
    try (Spool spool = open()) {
      assertEquals(0, spool.size());
      assertFalse(Files.exists(directory.resolve("spool")));
    }
  }

  @Test
  void anInterruptedSenderDoesNotBreakIt() throws Exception {
    try (Spool spool = open()) {
      Thread.currentThread().interrupt();
      spool.append("a", payload("a"));
      assertTrue(Thread.interrupted());
      spool.append("b", payload("b"));
    }
    try (Spool spool = open()) {
      assertEquals(List.of("a", "b"), ids(spool.after(0, 9)));
    }
  }

  @Test
  @Timeout(60)
  void killNineLosesNothingThatWasAccepted() throws Exception {
    Process writer =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElse("java"),
                "-cp",
                System.getProperty("java.class.path", ""),
                SpoolWriter.class.getName(),
                directory.resolve("spool").toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    List<String> accepted = new ArrayList<>();
    try (BufferedReader out =
        new BufferedReader(new InputStreamReader(writer.getInputStream(), UTF_8))) {
      for (String id; (id = out.readLine()) != null; ) {
        accepted.add(id);
        if (accepted.size() == 50) {
          writer.toHandle().destroyForcibly();
        }
      }
    }
    writer.waitFor();
    assertTrue(accepted.size() >= 50);
    try (Spool spool = open()) {
      List<String> kept = ids(spool.after(0, Integer.MAX_VALUE));
      assertEquals(accepted, kept.subList(0, accepted.size()));
      assertTrue(kept.size() - accepted.size() <= 1, "at most the one in hand is more");
    }
  }

  private Spool open() throws SpoolException {
    Spool spool = Spool.onDisk(directory.resolve("spool"));
    spool.open();
    return spool;
  }

  private Path log() {
    return directory.resolve("spool/events.log");
  }
}
