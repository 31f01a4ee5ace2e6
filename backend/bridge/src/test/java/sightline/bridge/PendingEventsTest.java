package sightline.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import sightline.bus.HotState.PendingEvent;
import sightline.bus.HotState.Snapshot;
import sightline.bus.InProcessBus;
import sightline.bus.StreamState;
import sightline.protocol.DeviceEvent;
import sightline.protocol.LogEntry;
import sightline.protocol.Order;
import sightline.protocol.Position;

/** What hot state is rewritten from, after a bus that was away. */
final class PendingEventsTest {
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final BridgeMetrics metrics = new BridgeMetrics(registry);
  private final InProcessBus hot = new InProcessBus(1_000);
  private final AwayBus bus = new AwayBus(hot);
  private final AtomicBoolean fenced = new AtomicBoolean();
  private final PendingEvents pending =
      new PendingEvents(bus, hot, 7, metrics, () -> fenced.set(true));

  @AfterEach
  void close() {
    hot.close();
  }

  private static DeviceEvent event(String id) {
    return new DeviceEvent("dev-1", id, 5, 6, "alert", null, null, Double.NaN, Double.NaN, null);
  }

  private static List<LogEntry> recorded(long seq, String id) {
    return List.of(new LogEntry.Recorded(seq, event(id)));
  }

  @Test
  void whatCameAndWhatWasRecordedWhileTheBusWasAwayIsRightInTheRewrite() {
    pending.show(event("before"));
    pending.show(event("stays"));
    bus.away = true;
    pending.show(event("meanwhile"));
    assertFalse(pending.recorded(recorded(1, "before")));
    bus.away = false;

    pending.rewrite("f", List.of());

    assertEquals(
        new Snapshot(
            "f",
            7,
            0,
            List.of(),
            List.of(
                new PendingEvent(event("stays"), null),
                new PendingEvent(event("meanwhile"), null))),
        hot.read());
  }

  @Test
  void oneThatHistoryRefusedStaysWithItsReasonAndOneThatAnEarlierBridgeLeftIsKept() {
    pending.restore(new PendingEvent(event("left"), "store"));
    pending.show(event("refused"));
    pending.refused(event("refused").key(), "store");

    pending.rewrite("f", List.of());

    assertEquals(
        List.of(
            new PendingEvent(event("left"), "store"), new PendingEvent(event("refused"), "store")),
        hot.read().pending());
  }

  @Test
  void anotherBridgesHigherTokenIsTold() {
    hot.rewrite(new Snapshot("other", 8, 0, List.of(), List.of()));

    pending.show(event("late"));

    assertTrue(fenced.get());
    assertEquals(List.of(), hot.read().pending());
  }

  @Test
  void positionsThatTheBusDidNotTakeAreOfferedAgainInOrder() {
    UnsentPositions unsent = new UnsentPositions(metrics, (device, count) -> {});
    for (int i = 0; i < 7_000; i++) {
      unsent.add(position(i));
    }
    List<Position> offered = unsent.next();
    assertEquals(offered, unsent.next(), "nothing is gone until it is sent");

    unsent.sent(offered.size(), StreamState.EMPTY);

    assertEquals(position(offered.size()), unsent.next().getFirst());
    unsent.sent(unsent.next().size(), StreamState.EMPTY);
    assertTrue(unsent.isEmpty());
    assertEquals(
        7_000,
        registry.counter("sightline.ledger", "flow", "positions", "hop", "bridge-out").count());
  }

  private static Position position(int millis) {
    return new Position("dev-1", new Order(millis, 0), 1, millis, false, 47.1, 9.5, 0, 0, 0, 0);
  }
}
