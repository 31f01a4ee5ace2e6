package sightline.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sightline.drill.HistoryFile;
import sightline.drill.Program;

@Tag("slow")
final class StopAndStartTest {
  private static final int POSITIONS = 500;
  private static final int EVENTS = 50;

  @TempDir private Path folder;

  @Test
  void sigtermFlushesEverythingAndTheNextStartHasIt() throws Exception {
    Path data;
    try (Up up = new Up(folder.resolve("up"), Map.of());
        RawMqtt device = new RawMqtt(up.mqttPort(), "flushed")) {
      data = up.process().data();
      long begin = System.currentTimeMillis();
      for (int i = 0; i < POSITIONS; i++) {
        device.publish(
            "devices/flushed/location",
            "{\"timestamp\":%d,\"lat\":47.1,\"lon\":9.5}".formatted(begin + i));
      }
      for (int i = 0; i < EVENTS; i++) {
        device.publishAndWait(
            "devices/flushed/events",
            "{\"id\":\"e-%d\",\"timestamp\":%d,\"type\":\"trigger\"}".formatted(i, begin + i));
      }
      Await.until(
          "the bridge has all",
          () ->
              up.samples("sightline_ledger_total")
                      .getOrDefault("{flow=\"positions\",hop=\"bridge-in\"}", 0.0)
                  >= POSITIONS);
      assertEquals(0, count(data, "positions"), "the recorder's first batch is 30 s away");

      assertEquals(0, up.process().stop());

      assertEquals(POSITIONS, count(data, "positions"));
      assertEquals(EVENTS, count(data, "events.db"));
      up.startAgain();
      assertEquals(
          POSITIONS,
          up.get("/api/v1/devices/flushed/track?from=%d&to=%d".formatted(begin, begin + POSITIONS))
              .path("items")
              .size());
      assertEquals(EVENTS, up.get("/api/v1/events?limit=1000").path("items").size());
      assertEquals(0, up.process().stop());
    }
  }

  private static int count(Path data, String file) throws IOException, SQLException {
    if (file.equals("events.db")) {
      return rows(data, file, "log");
    }
    List<String> days;
    try (Stream<Path> files = Files.walk(data)) {
      days =
          files
              .map(path -> String.valueOf(path.getFileName()))
              .filter(name -> name.matches("positions-[0-9]+\\.db"))
              .toList();
    }
    int sum = 0;
    for (String day : days) {
      sum += rows(data, day, "positions");
    }
    return sum;
  }

  private static int rows(Path data, String file, String table) throws IOException, SQLException {
    try (Connection connection = HistoryFile.open(data, file);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT count(*) FROM " + table)) {
      row.next();
      return row.getInt(1);
    }
  }

  @Test
  void aSecondStartOnTheSameDataOrPortIsRefusedInOneLine() throws Exception {
    try (Up up = new Up(folder.resolve("up"), Map.of())) {
      String data = up.process().data().toString();
      Refused sameData = refused("--port=0", "--mqtt-port=0", "--data=" + data);
      assertTrue(sameData.line.contains("is in use by process"), sameData.line);

      String other = "--data=" + folder.resolve("other");
      Refused samePort = refused("--port=" + up.httpPort(), "--mqtt-port=0", other);
      assertTrue(samePort.line.contains("HTTP port " + up.httpPort()), samePort.line);
      Refused sameMqtt = refused("--port=0", "--mqtt-port=" + up.mqttPort(), other);
      assertTrue(sameMqtt.line.contains("MQTT port " + up.mqttPort()), sameMqtt.line);

      assertEquals(200, up.ask("/readyz").statusCode(), "the first is undisturbed");
    }
  }

  private record Refused(String line) {}

  /** What a start says that must be refused: one line, and exit code 1. */
  private Refused refused(String... options) throws IOException, InterruptedException {
    Path said = folder.resolve("said.txt");
    Process process =
        new ProcessBuilder(
                Program.SIGHTLINE.command(
                    Stream.concat(Stream.of("up"), Stream.of(options)).toList()))
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .start();
    try {
      assertTrue(process.waitFor(60, TimeUnit.SECONDS), "it did not end");
      assertEquals(1, process.exitValue());
    } finally {
      process.destroyForcibly().waitFor();
    }
    List<String> lines = Files.readAllLines(said);
    assertEquals(1, lines.size(), lines.toString());
    return new Refused(lines.getFirst());
  }
}
