package sightline.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import sightline.bridge.WaitingEvents.Delivery;
import sightline.bridge.WaitingEvents.Waiting;
import sightline.protocol.DeviceEvent;

class WaitingEventsTest {
  private final List<String> acknowledged = new ArrayList<>();

  private static DeviceEvent event(String id) {
    return new DeviceEvent("dev-1", id, 1, 2, "alert", null, null, Double.NaN, Double.NaN, null);
  }

  private Delivery delivery(String name, long connection) {
    return new Delivery() {
      @Override
      public long connection() {
        return connection;
      }

      @Override
      public void acknowledge() {
        acknowledged.add(name);
      }
    };
  }

  @Test
  void aSecondCopyByTheSameConnectionIsDoneAtOnceAndTakesNoPlace() throws Exception {
    WaitingEvents waiting = new WaitingEvents(10, 1_000, System::nanoTime);
    assertTrue(waiting.add(event("a"), 10, delivery("first", 1)));
    assertFalse(waiting.add(event("a"), 10, delivery("copy", 1)));
    assertEquals(List.of("copy"), acknowledged);
    assertEquals(1, waiting.count());
  }

  @Test
  void aRedeliveryByANewConnectionIsWhatIsAcknowledgedAfterTheCommit() throws Exception {
    WaitingEvents waiting = new WaitingEvents(10, 1_000, System::nanoTime);
    waiting.add(event("a"), 10, delivery("old", 1));
    waiting.add(event("a"), 10, delivery("new", 2));
    assertEquals(List.of(), acknowledged);
    List<Waiting> group = waiting.next(10, 0);
    waiting.done(group).forEach(Delivery::acknowledge);
    assertEquals(List.of("new"), acknowledged);
    assertEquals(0, waiting.count());
  }

  @Test
  void overItsBoundTheSenderWaitsUntilAGroupIsDone() throws Exception {
    WaitingEvents waiting = new WaitingEvents(2, 1_000, System::nanoTime);
    waiting.add(event("a"), 10, delivery("a", 1));
    waiting.add(event("b"), 10, delivery("b", 1));
    CompletableFuture<Boolean> third = new CompletableFuture<>();
    Thread sender =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    third.complete(waiting.add(event("c"), 10, delivery("c", 1)));
                  } catch (InterruptedException e) {
                    third.completeExceptionally(e);
                  }
                });
    while (sender.getState() != Thread.State.WAITING) {
      LockSupport.parkNanos(1_000_000);
    }
    assertFalse(third.isDone());
    var _ = waiting.done(waiting.next(1, 0));
    assertTrue(third.get(5, TimeUnit.SECONDS));
    assertTrue(sender.join(Duration.ofSeconds(5)));
    assertEquals(2, waiting.count());
  }

  @Test
  void bytesAreBoundedTooButOneEventAlwaysFits() throws Exception {
    WaitingEvents waiting = new WaitingEvents(10, 5, System::nanoTime);
    assertTrue(waiting.add(event("a"), 10, delivery("a", 1)));
    waiting.close();
    assertFalse(waiting.add(event("b"), 10, delivery("b", 1)), "stays with the broker");
    assertEquals(1, waiting.next(10, 0).size());
  }
}
