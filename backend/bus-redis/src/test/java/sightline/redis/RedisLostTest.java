package sightline.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static sightline.bus.BusSamples.batch;
import static sightline.bus.BusSamples.device;
import static sightline.bus.BusSamples.event;
import static sightline.bus.BusSamples.position;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import sightline.bus.BusMessage;
import sightline.bus.BusUnavailable;
import sightline.bus.HotState.PendingEvent;
import sightline.bus.HotState.Snapshot;
import sightline.bus.Inbox;

/** What a writer is told when Redis is away, or comes back without its data or with old data. */
@Tag("slow")
final class RedisLostTest {
  private static final Duration DEADLINE = Duration.ofSeconds(20);

  private final RedisServer server = RedisServer.start();
  private final RedisBus bus = new RedisBus(server.settings(), 1_000);

  @BeforeEach
  void write() {
    bus.rewrite(new Snapshot("e", 1, 0, List.of(device("dev-1", 1)), List.of()));
    bus.round(batch(1, device("dev-1", 2)), List.of(position("dev-1", 2)));
  }

  @AfterEach
  void close() {
    bus.close();
    server.close();
  }

  private static void until(String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + DEADLINE.toNanos();
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() < deadline, "never: " + what);
      LockSupport.parkNanos(10_000_000);
    }
  }

  private boolean hasTheFirstBatch() {
    try {
      return bus.read().number() == 1;
    } catch (BusUnavailable e) {
      return false;
    }
  }

  private boolean rewritten(Snapshot snapshot) {
    try {
      bus.rewrite(snapshot);
      return true;
    } catch (BusUnavailable e) {
      return false;
    }
  }

  @Test
  void afterFlushallARoundFailsAndChangesNothingUntilHotStateIsRewritten() {
    Inbox inbox = new Inbox();
    bus.subscribe(inbox);
    String _ = server.ask(redis -> redis.flushall());

    assertThrows(BusUnavailable.class, () -> bus.round(batch(2, device("dev-2", 1)), List.of()));
    assertThrows(BusUnavailable.class, () -> bus.pending(1, List.of(event("dev-1", "a"))));

    assertEquals(new Snapshot("", 0, 0, List.of(), List.of()), bus.read());
    inbox.assertEmpty();
    bus.rewrite(
        new Snapshot(
            "f",
            1,
            0,
            List.of(device("dev-1", 3)),
            List.of(new PendingEvent(event("dev-1", "a"), null))));
    BusMessage.Batch next = new BusMessage.Batch("f", 1, 1, List.of(device("dev-1", 4)));
    bus.round(next, List.of());
    assertEquals(next, inbox.next());
    assertEquals(1, bus.read().pending().size());
  }

  @Test
  void anOldSnapshotIsNoticedThoughItsEpochIsTheSame() {
    String _ = server.ask(redis -> redis.save());
    bus.round(batch(2, device("dev-1", 5)), List.of());
    server.kill();
    server.startAgain();
    until("it answers again, with what it saved", this::hasTheFirstBatch);

    assertThrows(BusUnavailable.class, () -> bus.round(batch(3, device("dev-1", 6)), List.of()));

    until("it can be rewritten", () -> rewritten(new Snapshot("f", 1, 0, List.of(), List.of())));
    bus.round(new BusMessage.Batch("f", 1, 1, List.of(device("dev-1", 7))), List.of());
    assertEquals(List.of(device("dev-1", 7)), bus.read().devices());
  }

  @Test
  void aKilledRedisFailsCallsAtOnceAndIsFoundAgainWithItsSubscribers() {
    Inbox inbox = new Inbox();
    bus.subscribe(inbox);
    server.kill();
    until("the connection is known to be lost", () -> !bus.connected());

    long start = System.nanoTime();
    assertThrows(BusUnavailable.class, () -> bus.beat(new BusMessage.RecorderBeat(1, 1)));
    assertThrows(BusUnavailable.class, () -> bus.round(batch(2), List.of()));
    assertThrows(BusUnavailable.class, bus::read);
    assertTrue(System.nanoTime() - start < Duration.ofSeconds(2).toNanos(), "no call waited");

    server.startAgain();
    until("rewritten", () -> rewritten(new Snapshot("f", 1, 0, List.of(), List.of())));
    BusMessage.RecorderBeat beat = new BusMessage.RecorderBeat(7, 7);
    until(
        "the subscriber hears again",
        () -> {
          bus.beat(beat);
          return inbox.has(beat);
        });
  }

  @Test
  void aRedisThatHangsCostsOneTimeoutAndWritesNothingLate() {
    server.signal("STOP");
    try {
      assertThrows(BusUnavailable.class, () -> bus.round(batch(2, device("dev-1", 9)), List.of()));
      long start = System.nanoTime();
      for (int i = 0; i < 50; i++) {
        assertThrows(BusUnavailable.class, () -> bus.pending(1, List.of(event("dev-1", "a"))));
      }
      assertTrue(System.nanoTime() - start < Duration.ofSeconds(2).toNanos(), "no call waited");
    } finally {
      server.signal("CONT");
    }
    Snapshot anew = new Snapshot("f", 1, 0, List.of(device("dev-1", 10)), List.of());
    until("rewritten", () -> rewritten(anew));
    until("and read", () -> anew.equals(bus.read()));
  }

  @Test
  void aLeaseIsHeldByOneAndTakenOverOnceItLapses() {
    RedisLease first = bus.lease("bridge-a");
    RedisLease second = bus.lease("bridge-b");
    long token = Objects.requireNonNull(first.take(5));
    assertTrue(token > 1_700_000_000_000L, "it follows the clock: " + token);
    assertNull(second.take(5));
    assertTrue(first.holds(token));

    long next = await(second);

    assertTrue(next > token, next + " is above " + token);
    assertEquals(false, first.holds(token));
    assertTrue(second.holds(next));
  }

  @Test
  void aLeaseThatIsGivenUpIsTakenAtOnceAndOneThatRedisLostStaysItsHolders() {
    RedisLease first = bus.lease("bridge-a");
    RedisLease second = bus.lease("bridge-b");
    long token = Objects.requireNonNull(first.take(0));
    assertNull(second.take(0));

    String _ = server.ask(redis -> redis.flushall());
    assertNull(second.take(0));
    assertTrue(first.holds(token), "its holder makes it again");
    assertNull(second.take(0));
    first.release(token);

    assertNotNull(second.take(0));
    assertEquals(false, first.holds(token));
  }

  @Test
  void aTokenIsAboveTheFenceOfHistory() {
    long fence = System.currentTimeMillis() + 86_400_000;

    assertEquals(fence + 1, Objects.requireNonNull(bus.lease("bridge-a").take(fence)));
  }

  private static long await(RedisLease lease) {
    CompletableFuture<Long> taken = new CompletableFuture<>();
    until(
        "the lease lapses",
        () -> {
          @Nullable Long token = lease.take(0);
          return token != null && taken.complete(token);
        });
    return taken.join();
  }
}
