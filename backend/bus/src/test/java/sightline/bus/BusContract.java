package sightline.bus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static sightline.bus.BusSamples.batch;
import static sightline.bus.BusSamples.device;
import static sightline.bus.BusSamples.event;
import static sightline.bus.BusSamples.position;
import static sightline.bus.BusSamples.recorded;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import sightline.bus.HotState.PendingEvent;
import sightline.bus.HotState.Snapshot;
import sightline.protocol.EventKey;
import sightline.protocol.LogEntry;

/** What {@link LiveBus} and {@link HotState} must keep to, together. */
public abstract class BusContract {
  private @Nullable BusUnderTest opened;

  /** An empty bus, whose stream holds at least 1,000 positions. */
  protected abstract BusUnderTest open();

  @BeforeEach
  final void openBus() {
    opened = open();
  }

  @AfterEach
  final void closeBus() {
    live().close();
  }

  private LiveBus live() {
    return Objects.requireNonNull(opened).live();
  }

  private HotState hot() {
    return Objects.requireNonNull(opened).hot();
  }

  @Test
  void anEmptyBusHasNoEpoch() {
    assertEquals(new Snapshot("", 0, 0, List.of(), List.of()), hot().read());
  }

  @Test
  void aRoundIsHotStateStreamAndDeliveryInOne() {
    Inbox inbox = new Inbox();
    live().subscribe(inbox);
    BusMessage.Batch batch = batch(1, device("dev-1", 10), device("dev-2", 20));

    live().round(batch, List.of(position("dev-1", 10), position("dev-1", 5)));

    assertEquals(batch, inbox.next());
    Snapshot read = hot().read();
    assertEquals(new Snapshot("e", 1, 1, read.devices(), List.of()), read);
    assertEquals(batch.devices(), sorted(read));
    assertEquals(2, Objects.requireNonNull(opened).stream().size());
  }

  @Test
  void aRoundWithoutAChangedDeviceIsToldTooSoThatNumbersHaveNoHole() {
    Inbox inbox = new Inbox();
    live().subscribe(inbox);

    live().round(batch(1, device("dev-1", 10)), List.of());
    live().round(batch(2), List.of(position("dev-1", 5)));
    live().round(batch(3, device("dev-1", 11)), List.of());

    assertEquals(
        List.of(batch(1, device("dev-1", 10)), batch(2), batch(3, device("dev-1", 11))),
        inbox.next(3));
  }

  @Test
  void hotStateHoldsTheNewestOfEachDevice() {
    live().round(batch(1, device("dev-1", 10), device("dev-2", 10)), List.of());
    live().round(batch(2, device("dev-2", 20), device("dev-3", 20)), List.of());

    Snapshot read = hot().read();

    assertEquals(2, read.number());
    assertEquals(
        List.of(device("dev-1", 10), device("dev-2", 20), device("dev-3", 20)), sorted(read));
  }

  @Test
  void messagesOfOnePublisherComeInItsOrderToEverySubscriber() {
    Inbox first = new Inbox();
    Inbox second = new Inbox();
    live().subscribe(first);
    live().subscribe(second);
    BusMessage.BridgeBeat beat = new BusMessage.BridgeBeat(2, 3, 4, 5, 6, 7, 8);
    BusMessage.RecorderBeat recorderBeat = new BusMessage.RecorderBeat(6, 7);
    EventKey refused = new EventKey("dev-1", "b");
    LogEntry acknowledged = new LogEntry.Acknowledged(2, refused, "ann", 9, null);
    List<LogEntry> entries = List.of(recorded(1, "dev-1", "a"), acknowledged);

    live().pending(1, List.of(event("dev-1", "a"), event("dev-1", "b")));
    live().round(batch(1, device("dev-1", 1)), List.of());
    live().beat(beat);
    live().entries(entries);
    live().unrecorded(refused, "store");
    live().beat(recorderBeat);

    List<BusMessage> expected =
        List.of(
            new BusMessage.Pending(List.of(event("dev-1", "a"), event("dev-1", "b"))),
            batch(1, device("dev-1", 1)),
            beat,
            new BusMessage.Entries(entries),
            new BusMessage.Unrecorded(refused, "store"),
            recorderBeat);
    assertEquals(expected, first.next(6));
    assertEquals(expected, second.next(6));
  }

  @Test
  void pendingEventsAreHotUntilTheirEntriesReplaceThem() {
    live().pending(1, List.of(event("dev-1", "a"), event("dev-2", "a")));
    live().pending(1, List.of(event("dev-1", "b"), event("dev-1", "a")));
    assertEquals(
        List.of(event("dev-1", "a"), event("dev-2", "a"), event("dev-1", "b")),
        hot().read().pending().stream().map(PendingEvent::event).toList());

    live().entries(List.of(recorded(1, "dev-1", "a"), recorded(2, "dev-9", "unknown")));

    assertEquals(
        List.of(event("dev-2", "a"), event("dev-1", "b")),
        hot().read().pending().stream().map(PendingEvent::event).toList());
  }

  @Test
  void anEventThatHistoryRefusedStaysAmongThePendingWithItsReason() {
    live().pending(1, List.of(event("dev-1", "a"), event("dev-1", "b")));

    live().unrecorded(new EventKey("dev-1", "a"), "store");
    live().unrecorded(new EventKey("dev-1", "unknown"), "store");

    assertEquals(
        List.of(
            new PendingEvent(event("dev-1", "a"), "store"),
            new PendingEvent(event("dev-1", "b"), null)),
        hot().read().pending());
  }

  @Test
  void aRewriteReplacesAllUnderItsEpochAndIsNotToldAsABatch() {
    live().round(batch(5, device("dev-1", 1), device("dev-2", 1)), List.of());
    live().pending(1, List.of(event("dev-1", "a")));
    Inbox inbox = new Inbox();
    live().subscribe(inbox);
    Snapshot other =
        new Snapshot(
            "f",
            2,
            0,
            List.of(device("dev-3", 3)),
            List.of(new PendingEvent(event("d", "x"), "r")));

    hot().rewrite(other);
    BusMessage.Batch next = new BusMessage.Batch("f", 2, 1, List.of(device("dev-3", 4)));
    live().round(next, List.of());

    assertEquals(next, inbox.next());
    assertEquals(new Snapshot("f", 2, 1, next.devices(), other.pending()), hot().read());
  }

  @Test
  void aLowerTokenIsFencedAndChangesNothing() {
    hot().rewrite(new Snapshot("e", 7, 0, List.of(), List.of()));
    Inbox inbox = new Inbox();
    live().subscribe(inbox);
    BusMessage.Batch late = new BusMessage.Batch("e", 6, 1, List.of(device("dev-1", 1)));

    assertThrows(Fenced.class, () -> live().round(late, List.of(position("dev-1", 1))));
    assertThrows(Fenced.class, () -> live().pending(6, List.of(event("dev-1", "a"))));
    assertThrows(Fenced.class, () -> hot().rewrite(new Snapshot("x", 6, 9, List.of(), List.of())));

    assertEquals(new Snapshot("e", 7, 0, List.of(), List.of()), hot().read());
    assertEquals(0, Objects.requireNonNull(opened).stream().size());
    live().pending(8, List.of(event("dev-1", "b")));
    assertEquals(new BusMessage.Pending(List.of(event("dev-1", "b"))), inbox.next());
    inbox.assertEmpty();
    assertThrows(Fenced.class, () -> live().pending(7, List.of(event("dev-1", "c"))));
  }

  @Test
  void aSubscriberGetsWhatIsPublishedAfterItCameAndNothingAfterItLeft() {
    Inbox stays = new Inbox();
    Inbox leaves = new Inbox();
    live().subscribe(stays);
    live().round(batch(1), List.of());
    LiveBus.Subscription subscription = live().subscribe(leaves);
    live().round(batch(2), List.of());
    assertEquals(List.of(batch(1), batch(2)), stays.next(2));
    assertEquals(batch(2), leaves.next());

    subscription.close();
    subscription.close();
    live().round(batch(3), List.of());

    assertEquals(batch(3), stays.next());
    leaves.assertEmpty();
  }

  @Test
  void noDeliveryStartsOnceASubscriptionIsClosedWhileOthersPublish() throws Exception {
    AtomicBoolean stop = new AtomicBoolean();
    AtomicBoolean late = new AtomicBoolean();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<?> publisher =
          threads.submit(
              () -> {
                while (!stop.get()) {
                  live().beat(new BusMessage.RecorderBeat(1, 1));
                }
              });
      try {
        for (int i = 0; i < 200; i++) {
          AtomicBoolean closed = new AtomicBoolean();
          Inbox seen = new Inbox();
          LiveBus.Subscription subscription =
              live()
                  .subscribe(
                      message -> {
                        if (closed.get()) {
                          late.set(true);
                        }
                        seen.accept(message);
                      });
          seen.next();
          subscription.close();
          closed.set(true);
        }
      } finally {
        stop.set(true);
      }
      publisher.get(10, TimeUnit.SECONDS);
    }
    assertFalse(late.get(), "a delivery started after close had returned");
  }

  @Test
  void hotStateIsOneCutAndNeverBehindWhatWasDelivered() throws Exception {
    int rounds = 300;
    Inbox inbox = new Inbox();
    live().subscribe(inbox);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<?> publisher =
          threads.submit(
              () -> {
                for (int i = 1; i <= rounds; i++) {
                  live().round(batch(i, device("dev-1", i), device("dev-2", i)), List.of());
                }
              });
      for (int i = 1; i <= rounds; i++) {
        BusMessage.Batch delivered = (BusMessage.Batch) inbox.next();
        Snapshot read = hot().read();
        assertTrue(read.number() >= delivered.number(), "hot state is behind");
        assertEquals(
            List.of(device("dev-1", read.number()), device("dev-2", read.number())), sorted(read));
      }
      publisher.get(10, TimeUnit.SECONDS);
    }
  }

  private static List<DeviceRecord> sorted(Snapshot snapshot) {
    return snapshot.devices().stream().sorted((a, b) -> a.id().compareTo(b.id())).toList();
  }
}
