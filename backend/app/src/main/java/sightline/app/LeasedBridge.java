package sightline.app;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sightline.bridge.Bridge;
import sightline.bridge.Lease;
import sightline.bus.BusUnavailable;
import sightline.history.EventLog;
import sightline.history.HistoryUnavailable;
import sightline.redis.RedisBus;
import sightline.redis.RedisLease;
import sightline.time.RoleClock;

/**
 * A bridge that stands by until it gets the lease, and is then the active one until it loses it;
 * that ends the process, and whoever supervises it starts a new standby. A thread of its own waits
 * for the lease and renews it.
 */
final class LeasedBridge implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LeasedBridge.class);
  private static final long ASK_MILLIS = 200;

  private final Settings settings;
  private final RedisBus bus;
  private final Stores stores;
  private final MeterRegistry metrics;
  private final RoleClock clock;
  private final Signals signals;
  private final RedisLease lease;
  private final Semaphore ended = new Semaphore(0);
  private final Thread thread;
  private volatile @Nullable Bridge active;
  private volatile @Nullable Thread starting;
  private volatile long token;
  private volatile boolean closing;
  private volatile String waitsFor = "";

  /**
   * Not started yet.
   *
   * @param signals told once the lease or the bridge is lost
   */
  LeasedBridge(
      Settings settings,
      RedisBus bus,
      Stores stores,
      MeterRegistry metrics,
      RoleClock clock,
      Signals signals) {
    this.settings = settings;
    this.bus = bus;
    this.stores = stores;
    this.metrics = metrics;
    this.clock = clock;
    this.signals = signals;
    lease = bus.lease("bridge-" + ProcessHandle.current().pid() + "-" + clock.millis());
    thread = Thread.ofPlatform().name("bridge-lease").unstarted(this::run);
    Gauge.builder("sightline.bridge.active", () -> active == null ? 0 : 1)
        .description("1 where this is the active bridge, 0 where it stands by")
        .register(metrics);
  }

  void start() {
    thread.start();
  }

  /** Why it is neither at work nor a standby that could be; empty where it is. */
  List<String> notReady() {
    Bridge bridge = active;
    if (bridge != null) {
      return bridge.ready() ? List.of() : List.of("the bridge is not connected to the broker");
    }
    return waitsFor.isEmpty() ? List.of() : List.of("the standby bridge waits: " + waitsFor);
  }

  private void run() {
    try {
      while (!closing && !begin()) {
        boolean _ = ended.tryAcquire(ASK_MILLIS, TimeUnit.MILLISECONDS);
      }
      keep();
    } catch (InterruptedException e) {
      LOG.info("The lease was given up");
    } catch (RuntimeException | Error e) {
      LOG.error("The bridge's lease can't be kept by a defect", e);
      signals.fail("the bridge's lease can't be kept by a defect");
    }
  }

  /** Takes the lease and starts the bridge; false where another has it or a part is away. */
  private boolean begin() {
    try {
      Long taken = lease.take(stores.events().fence());
      waitsFor = "";
      if (taken == null) {
        return false;
      }
      token = taken;
      LOG.info("This is the active bridge now, by token {}", taken);
      Bridge bridge = bridge(new Held(taken, lease, stores.events()));
      active = bridge;
      starting = Thread.ofVirtual().name("bridge-start").start(() -> start(bridge));
      return true;
    } catch (BusUnavailable | HistoryUnavailable e) {
      waitsFor = String.valueOf(e.getMessage());
      return false;
    }
  }

  /** On a thread of its own: it reads history, and the lease is renewed meanwhile. */
  private void start(Bridge bridge) {
    try {
      bridge.start();
    } catch (BusUnavailable | HistoryUnavailable e) {
      LOG.error("The bridge could not start: {}", e.getMessage());
      signals.fail("the bridge could not start: " + e.getMessage());
    } catch (RuntimeException | Error e) {
      LOG.error("The bridge could not start", e);
      signals.fail("the bridge could not start: " + e.getMessage());
    }
  }

  private Bridge bridge(Lease held) {
    return new Bridge(
        settings.bridge(),
        settings.devices(),
        held,
        Long.MIN_VALUE,
        settings.history().positionsRetention(),
        bus,
        bus,
        stores.events(),
        stores.positions(),
        metrics,
        clock,
        ended::release);
  }

  private void keep() throws InterruptedException {
    Duration renew = settings.redis().leaseFor().dividedBy(3);
    while (!closing) {
      if (ended.tryAcquire(renew.toMillis(), TimeUnit.MILLISECONDS) && !closing) {
        signals.fail("the bridge has stopped by a defect, or another one has taken over");
        return;
      }
      try {
        if (!closing && !lease.holds(token)) {
          LOG.error("Another bridge has the lease; this one stops");
          signals.fail("another bridge has the lease");
          return;
        }
      } catch (BusUnavailable e) {
        // With Redis away nobody else can take it; history's fence guards the events.
        LOG.debug("The lease was not renewed: {}", e.getMessage());
      }
    }
  }

  /** Sends and commits what it holds, then lets a standby take over at once. */
  @Override
  public void close() {
    Bridge bridge = active;
    awaitStart();
    if (bridge != null) {
      bridge.close();
    }
    closing = true;
    ended.release();
    try {
      thread.join(settings.redis().timeout().multipliedBy(3));
      if (bridge != null) {
        lease.release(token);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (BusUnavailable e) {
      LOG.info("The lease lapses by itself: {}", e.getMessage());
    }
  }

  /** A bridge that is starting is closed once it has started, or when it was waited for. */
  private void awaitStart() {
    Thread start = starting;
    try {
      if (start != null && !start.join(settings.redis().timeout().multipliedBy(3))) {
        start.interrupt();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * The lease as the bridge sees it: Redis's word, else history's.
   *
   * @param token under which it was taken
   */
  private record Held(long token, RedisLease lease, EventLog log) implements Lease {
    @Override
    public boolean holds() {
      try {
        return lease.holds(token);
      } catch (BusUnavailable e) {
        try {
          return log.fence() <= token;
        } catch (HistoryUnavailable away) {
          return false;
        }
      }
    }
  }
}
