package sightline.simulator;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import sightline.device.Device;
import sightline.device.DeviceExecutor;
import sightline.device.DeviceStats;
import sightline.device.SpoolException;

/**
 * A simulated fleet: real device SDKs on real streets. One thread moves all units, in turns spread
 * evenly over the interval, so that the load is even too; the devices share a few threads.
 */
public final class Fleet implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Fleet.class.getName());
  private static final Duration CLOSE_DEADLINE = Duration.ofSeconds(8);
  private static final long TOO_LATE_NANOS = Duration.ofSeconds(2).toNanos();

  private final FleetSettings settings;
  private final DeviceExecutor executor = new DeviceExecutor("fleet", 1);
  private final EventWriter events = new EventWriter();
  private final List<FleetMember> members = new ArrayList<>();
  private final World world;
  private final AtomicLong skippedNanos = new AtomicLong();
  private @Nullable Thread mover;
  private volatile boolean closed;
  private int connecting;

  /**
   * Reads the road network and the certificates, and places the units; connects nothing.
   *
   * @throws UncheckedIOException where a certificate can't be read
   */
  public Fleet(FleetSettings settings) {
    this.settings = settings;
    world =
        new World(
            RoadNetwork.shipped(), settings.size(), settings.seed(), settings.criticalEvery());
    FleetCertificates certificates = FleetCertificates.in(settings.certificates());
    for (Unit unit : world.units()) {
      members.add(
          new FleetMember(
              unit, settings.broker(), certificates, settings.spoolDirectory(), executor, events));
    }
  }

  /** The ids of a fleet of that size, whatever its seed. */
  public static List<String> ids(int size) {
    return World.ids(size);
  }

  /**
   * Connects the first unit, and the others in the background, and begins to move.
   *
   * @throws SpoolException when a spool can't be used
   */
  public synchronized void start() throws SpoolException {
    if (mover != null || closed) {
      return;
    }
    members.getFirst().connect();
    mover = Thread.ofPlatform().daemon().name("fleet-mover").start(this::move);
  }

  /** For any thread; adds up the devices' own figures. */
  public FleetCounts counts() {
    long[] sums = new long[10];
    for (FleetMember member : members) {
      DeviceStats stats = member.device().stats();
      long[] one = {
        stats.online() ? 1 : 0,
        stats.connects(),
        stats.positionsSent(),
        stats.positionsFromBacklog(),
        stats.positionsWaiting(),
        stats.positionsShed(),
        stats.eventsAccepted(),
        stats.eventsAcknowledged(),
        stats.eventsRejected(),
        stats.eventsWaiting()
      };
      for (int i = 0; i < one.length; i++) {
        sums[i] += one[i];
      }
    }
    return new FleetCounts(
        members.size(),
        (int) sums[0],
        sums[1],
        sums[2],
        sums[3],
        sums[4],
        sums[5],
        sums[6],
        events.refused(),
        sums[7],
        sums[8],
        sums[9],
        TimeUnit.NANOSECONDS.toMillis(skippedNanos.get()));
  }

  /** Stops, says goodbye for every unit, and is done within 8 s or so. Idempotent. */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    stopMoving();
    events.close();
    CompletableFuture<?>[] goodbyes =
        members.stream()
            .map(FleetMember::device)
            .map(Device::closeAsync)
            .toArray(CompletableFuture<?>[]::new);
    try {
      CompletableFuture.allOf(goodbyes).get(CLOSE_DEADLINE.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException | ExecutionException e) {
      LOG.log(System.Logger.Level.WARNING, "not every unit could say goodbye: {0}", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    executor.close();
  }

  private void stopMoving() {
    Thread thread = mover;
    if (thread == null) {
      return;
    }
    LockSupport.unpark(thread);
    try {
      thread.join(Duration.ofSeconds(2));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The fleet's clock: turn after turn by schedule, whatever a single turn takes. */
  private void move() {
    Turns turns = Turns.of(settings.interval());
    long start = System.nanoTime();
    long startMillis = System.currentTimeMillis();
    for (long turn = 0; !closed; turn++) {
      long due = start + turn * turns.nanosPerTurn();
      long late = System.nanoTime() - due;
      if (late > TOO_LATE_NANOS) {
        start += late;
        startMillis += TimeUnit.NANOSECONDS.toMillis(late);
        skippedNanos.addAndGet(late);
      }
      waitUntil(start + turn * turns.nanosPerTurn());
      long elapsed = turn * turns.nanosPerTurn();
      take(turns, turn, startMillis + TimeUnit.NANOSECONDS.toMillis(elapsed), elapsed);
    }
  }

  private void take(Turns turns, long turn, long millis, long elapsedNanos) {
    world.happen(turns.nanosPerTurn() / 1e9);
    connectDue(elapsedNanos);
    for (int i = turns.first(turn); i < members.size(); i += turns.step()) {
      members.get(i).advance(settings.interval().toNanos() / 1e9, millis);
    }
  }

  private void connectDue(long elapsedNanos) {
    long within = Math.max(1, settings.connectWithin().toNanos());
    long due = Math.min(members.size(), 1 + elapsedNanos / Math.max(1, within / members.size()));
    while (connecting < due) {
      FleetMember member = members.get(connecting++);
      try {
        member.connect();
      } catch (SpoolException e) {
        LOG.log(System.Logger.Level.ERROR, "unit {0} stays away: {1}", member.device().id(), e);
      }
    }
  }

  private void waitUntil(long nanoTime) {
    long left = nanoTime - System.nanoTime();
    while (!closed && left > 0) {
      LockSupport.parkNanos(left);
      left = nanoTime - System.nanoTime();
    }
  }
}
