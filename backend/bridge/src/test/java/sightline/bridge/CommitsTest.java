package sightline.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sightline.bus.BusMessage;
import sightline.bus.InProcessBus;
import sightline.history.HistorySettings;
import sightline.history.SqliteEventLog;
import sightline.protocol.DeviceEvent;
import sightline.protocol.EventKey;
import sightline.protocol.LogEntry;

class CommitsTest {
  @TempDir private Path directory;
  private final List<String> heard = new CopyOnWriteArrayList<>();

  private static DeviceEvent event(String id, String message) {
    return new DeviceEvent(
        "dev-1", id, 1, 2, "alert", "critical", message, Double.NaN, Double.NaN, null);
  }

  /** P8: the bridge forgets keys, and history does not. */
  @Test
  void anIdThatOnlyHistoryRemembersIsNotTakenForTheSameEvent() throws Exception {
    BridgeMetrics metrics = new BridgeMetrics(new SimpleMeterRegistry());
    InProcessBus bus = new InProcessBus(10);
    List<Long> announced = new CopyOnWriteArrayList<>();
    var _ =
        bus.subscribe(
            message -> {
              if (message instanceof BusMessage.Entries news) {
                news.entries().forEach(entry -> announced.add(entry.seq()));
              }
            });
    WaitingEvents waiting = new WaitingEvents(10, 1_000, System::nanoTime);
    PendingEvents pending = new PendingEvents(bus, bus, 1, metrics, () -> {});
    MqttPublisher publisher =
        (topic, payload, qos, retain) -> {
          heard.add(new String(payload, StandardCharsets.UTF_8));
          return CompletableFuture.completedFuture(null);
        };
    try (SqliteEventLog log = SqliteEventLog.open(directory, HistorySettings.DEFAULT)) {
      var _ = log.append(1, List.of(event("1", "Panic button")));
      // Not loaded: so it is with what is older than the keys that are kept.
      Commits commits =
          new Commits(log, pending, waiting, new RecentKeys(), publisher, metrics, 1, 10, () -> {});
      DeviceEvent other = event("1", "Man down");
      pending.show(other);
      waiting.add(other, 10, new Silent());
      waiting.add(event("2", "Panic button"), 10, new Silent());
      commits.start();
      Wire.until("both answers", () -> heard.size() == 2);
      commits.close();
      assertEquals(List.of("{\"event\":\"1\"}", "{\"event\":\"2\"}"), heard);
      List<String> ids = log.after(0, 10).stream().map(LogEntry::key).map(EventKey::event).toList();
      assertEquals(3, ids.size());
      assertEquals(1, ids.stream().filter(id -> id.startsWith("c-")).count());
      assertTrue(bus.read().pending().isEmpty());
      assertEquals(List.of(1L, 2L, 3L), announced, "announced in the log's order");
    }
  }

  private static final class Silent implements WaitingEvents.Delivery {
    @Override
    public long connection() {
      return 1;
    }

    @Override
    public void acknowledge() {}
  }
}
