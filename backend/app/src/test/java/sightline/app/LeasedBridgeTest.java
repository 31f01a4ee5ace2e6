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
import sightline.history.ForwardingPositionStore;
import sightline.history.HistorySettings;
import sightline.history.PositionStore;
import sightline.history.SqliteEventLog;
import sightline.history.SqlitePositionStore;
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

  /** Real positions of which the newest take their time: asked for, then awaited. */
  private static final class Slow extends ForwardingPositionStore {
    private final CountDownLatch reads;
    private final CountDownLatch read;

    Slow(PositionStore real, CountDownLatch reads, CountDownLatch read) {
      super(real);
      this.reads = reads;
      this.read = read;
    }

    @Override
    public List<Position> newest() {
      reads.countDown();
      try {
        read.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return super.newest();
    }
  }
}
