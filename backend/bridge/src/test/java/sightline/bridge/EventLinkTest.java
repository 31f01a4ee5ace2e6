package sightline.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import sightline.bus.InProcessBus;
import sightline.time.RoleClock;

class EventLinkTest {
  private long seconds;
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final BridgeMetrics metrics = new BridgeMetrics(registry);
  private final WaitingEvents waiting =
      new WaitingEvents(80, 80 * 1_024, () -> TimeUnit.SECONDS.toNanos(seconds));
  private final InProcessBus bus = new InProcessBus(10);
  private final EventLink link =
      new EventLink(
          BridgeSettings.DEFAULT,
          new Held(1),
          waiting,
          new RecentKeys(),
          new Enrolment(DevicesSettings.DEFAULT),
          new LiveQueue(1_000),
          new PendingEvents(bus, bus, 1, metrics, () -> {}),
          new Marks(),
          metrics,
          RoleClock.system());

  private void event(String device, int id, int bytes) {
    String text = "{\"id\":\"" + id + "\",\"timestamp\":1,\"type\":\"alert\",\"message\":\"";
    String payload = text + "x".repeat(bytes) + "\"}";
    link.receive(
        "devices/" + device + "/events", payload.getBytes(StandardCharsets.UTF_8), -1, new Mute());
  }

  private double overload() {
    return registry.counter("sightline.bridge.rejected", "reason", "overload").count();
  }

  /** P17: what one device sends while history is away takes no place of the others'. */
  @Test
  void aDeviceThatHoldsItsShareWhileHistoryIsAwayIsAnsweredOverloadAndOthersAreTaken() {
    for (int i = 0; i < 12; i++) {
      event("dev-1", i, 10);
    }
    assertEquals(12, waiting.count(), "history may be on its way: nobody is full yet");
    seconds = 5;
    event("dev-1", 12, 10);
    event("dev-1", 3, 10);
    assertEquals(12, waiting.count());
    assertEquals(1, overload(), "one that waits is no new one");
    event("dev-2", 1, 10);
    assertEquals(13, waiting.count());
    assertEquals(13, bus.read().pending().size());
  }

  /** P17: large events are bounded by their bytes. */
  @Test
  void aDevicesBytesAreBoundedTooUntilAGroupIsCommitted() throws Exception {
    event("dev-1", 1, 9_000);
    seconds = 5;
    event("dev-1", 2, 9_000);
    assertEquals(1, overload());
    var _ = waiting.done(waiting.next(10, 0));
    event("dev-1", 2, 9_000);
    assertEquals(1, waiting.count());
    assertEquals(1, overload());
  }

  private static final class Mute implements WaitingEvents.Delivery {
    @Override
    public long connection() {
      return 1;
    }

    @Override
    public void acknowledge() {}
  }
}
