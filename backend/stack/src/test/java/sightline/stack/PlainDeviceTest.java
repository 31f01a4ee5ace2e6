package sightline.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a device is promised that never reads its answers: G1 as far as its broker lives. */
@Tag("slow")
final class PlainDeviceTest {
  private static final int EACH = 200;

  @Test
  void everyEventThatTheBrokerTookIsInHistoryOnceWhateverDiesBehindTheBroker() throws Exception {
    Path root = Path.of(System.getProperty("sightline.root", "../..")).toAbsolutePath().normalize();
    Path dir = Files.createTempDirectory("sightline-plain-");
    Layout layout = Layout.make(root, dir);
    try (Stack stack = new Stack(StackPlan.of(2, 2, 0, true), layout)) {
      stack.start();
      String broker = StackTest.part(dir, "mosquitto").get("plainUrl").asText();
      int port = URI.create(broker).getPort();
      try (PlainDevice device = new PlainDevice("plain-1", port)) {
        more(device);
        theBridgeDiesWithEventsThatAreNotCommitted(dir, device);
        for (String name : List.of("redis", "postgres", activeBridge(dir))) {
          Commands.signal("KILL", StackTest.part(dir, name).get("pid").asLong());
          more(device);
        }
        device.stop();
        Set<String> taken = new HashSet<>(device.acknowledged());
        StackTest.until("what was PUBACKed is in history", () -> stored(dir).containsAll(taken));
        List<String> stored = stored(dir);
        System.out.printf(
            "%d events PUBACKed, %d in history%n", device.acknowledged().size(), stored.size());
        assertEquals(stored.size(), new HashSet<>(stored).size(), "an event is there twice");
        assertTrue(stored.size() <= device.sent(), "an event that was not sent");
      }
    } finally {
      Commands.run(
          Path.of("/"),
          Map.of(),
          List.of("rm", "-rf", dir.toString(), layout.servers().toString()));
    }
  }

  /** The bridge has read them and waits for history: only the broker's session still holds them. */
  private static void theBridgeDiesWithEventsThatAreNotCommitted(Path dir, PlainDevice device)
      throws Exception {
    String bridge = activeBridge(dir);
    ProcessHandle postgres =
        ProcessHandle.of(StackTest.part(dir, "postgres").get("pid").asLong()).orElseThrow();
    List<Long> stopped =
        LongStream.concat(
                LongStream.of(postgres.pid()), postgres.descendants().mapToLong(ProcessHandle::pid))
            .boxed()
            .toList();
    stopped.forEach(pid -> Commands.signal("STOP", pid));
    try {
      more(device);
      StackTest.until(
          "events wait in the bridge",
          () -> figure(dir, bridge, "sightline_bridge_events_waiting") > 0);
      Commands.signal("KILL", StackTest.part(dir, bridge).get("pid").asLong());
    } finally {
      stopped.forEach(pid -> Commands.signal("CONT", pid));
    }
    more(device);
  }

  private static void more(PlainDevice device) {
    int until = device.acknowledged().size() + EACH;
    StackTest.until("the broker takes events", () -> device.acknowledged().size() >= until);
  }

  private static String activeBridge(Path dir) {
    List<String> active = new ArrayList<>();
    StackTest.until(
        "a bridge is active",
        () -> {
          for (String name : List.of("bridge-1", "bridge-2")) {
            if (figure(dir, name, "sightline_bridge_active") > 0) {
              active.add(name);
            }
          }
          return !active.isEmpty();
        });
    return active.getFirst();
  }

  /** A role's gauge, 0 where it does not answer. */
  private static double figure(Path dir, String role, String name) {
    JsonNode part = StackTest.part(dir, role);
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(part.get("admin").asText() + "/metrics"))
              .timeout(Duration.ofSeconds(5))
              .build();
      return client
          .send(request, BodyHandlers.ofString())
          .body()
          .lines()
          .filter(line -> line.startsWith(name + " "))
          .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
          .findFirst()
          .orElse(0);
    } catch (IOException e) {
      return 0;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<String> stored(Path dir) {
    URI url = URI.create(StackTest.part(dir, "postgres").get("url").asText());
    String[] user = url.getUserInfo().split(":", 2);
    String address = "jdbc:postgresql://" + url.getHost() + ":" + url.getPort() + url.getPath();
    List<String> events = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection(address, user[0], user[1]);
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT event FROM log WHERE kind = 0 AND device = 'plain-1' ORDER BY seq")) {
      while (rows.next()) {
        events.add(rows.getString(1));
      }
    } catch (SQLException e) {
      return List.of(); // It is starting.
    }
    return events;
  }
}
