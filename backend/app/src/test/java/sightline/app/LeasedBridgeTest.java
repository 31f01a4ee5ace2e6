package sightline.app;

import static org.junit.jupiter.api.Assertions.assertNull;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sightline.history.HistorySettings;
import sightline.history.PositionStore;
import sightline.history.SqliteEventLog;
import sightline.history.SqlitePositionStore;
import sightline.protocol.Order;
import sightline.protocol.Position;
import sightline.redis.RedisBus;
import sightline.redis.RedisLease;
import sightline.redis.RedisServer;
import sightline.redis.RedisSettings;
import sightline.time.RoleClock;

/** Which bridge is at work. */
@Tag("slow")
final class LeasedBridgeTest {
  private static final Duration LEASE = Duration.ofSeconds(1);

  @TempDir private Path folder;

  /** A bridge that reads much history while it starts must not be taken for one that is gone. */
  @Test
  void theLeaseIsRenewedWhileTheBridgeStarts() throws Exception {
    RoleClock clock = RoleClock.system();
    Signals signals = Signals.unheard();
    CountDownLatch reads = new CountDownLatch(1);
    CountDownLatch read = new CountDownLatch(1);
    try (RedisServer redis = RedisServer.start();
        RedisBus bus = new RedisBus(withLease(redis.settings()), 1_000);
        SqliteEventLog log = SqliteEventLog.open(folder, HistorySettings.DEFAULT);
        PositionStore positions =
            new Slow(
                SqlitePositionStore.open(folder, HistorySettings.DEFAULT, clock), reads, read);
        LeasedBridge bridge =
            new LeasedBridge(
                settings(withLease(redis.settings())),
                bus,
                new Stores(log, positions),
                new SimpleMeterRegistry(),
                clock,
                signals)) {
      bridge.start();
      reads.await();
      RedisLease standby = bus.lease("standby");
      long until = System.nanoTime() + LEASE.multipliedBy(3).toNanos();
      try {
        while (System.nanoTime() - until < 0) {
          assertNull(standby.take(0), "the standby has the lease of a bridge that starts");
          LockSupport.parkNanos(50_000_000);
        }
      } finally {
        read.countDown();
      }
      assertNull(signals.failure());
    }
  }

  private static RedisSettings withLease(RedisSettings redis) {
    return new RedisSettings(
        redis.url(),
        redis.user(),
        redis.passwordFile(),
        redis.prefix(),
        redis.timeout(),
        redis.queueCommands(),
        LEASE);
  }

  private Settings settings(RedisSettings redis) {
    Settings usual = Settings.defaults(folder);
    return new Settings(
        usual.app(),
        usual.broker(),
        usual.devices(),
        usual.bridge().withBroker("127.0.0.1", 1),
        usual.gateway(),
        usual.history(),
        usual.probe(),
        usual.simulator(),
        usual.run(),
        redis,
        usual.postgres(),
        usual.people());
  }

  /**
   * Real positions of which the newest take their time.
   *
   * @param reads counted down once they are asked for
   * @param read awaited before they are given
   */
  private record Slow(PositionStore real, CountDownLatch reads, CountDownLatch read)
      implements PositionStore {
    @Override
    public List<Position> newest() {
      reads.countDown();
      try {
        read.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return real.newest();
    }

    @Override
    public Outcome store(List<Position> batch, String cursor) {
      return real.store(batch, cursor);
    }

    @Override
    public boolean holds(long millis) {
      return real.holds(millis);
    }

    @Override
    public String cursor() {
      return real.cursor();
    }

    @Override
    public List<Position> track(String device, Order after, long to, long every, int limit) {
      return real.track(device, after, to, every, limit);
    }

    @Override
    public List<Position> lastOfSpans(long from, long to, long everyMillis, int limit) {
      return real.lastOfSpans(from, to, everyMillis, limit);
    }

    @Override
    public List<Position> newestWithin(long from, long to) {
      return real.newestWithin(from, to);
    }

    @Override
    public long countBefore(long millis) {
      return real.countBefore(millis);
    }

    @Override
    public long retainedSince() {
      return real.retainedSince();
    }

    @Override
    public void retainedSince(long millis) {
      real.retainedSince(millis);
    }

    @Override
    public long oldestDay() {
      return real.oldestDay();
    }

    @Override
    public int retain(long sinceMillis) {
      return real.retain(sinceMillis);
    }

    @Override
    public void close() {
      real.close();
    }
  }
}
