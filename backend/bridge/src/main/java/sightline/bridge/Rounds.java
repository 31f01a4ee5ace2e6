package sightline.bridge;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sightline.bus.BusMessage;
import sightline.bus.BusUnavailable;
import sightline.bus.DeviceRecord;
import sightline.bus.LiveBus;
import sightline.bus.StreamState;
import sightline.protocol.Limits;
import sightline.protocol.Location;
import sightline.protocol.Position;
import sightline.protocol.RejectReason;

/**
 * The live path's one thread: drains all that has arrived while the last round was under way,
 * applies it to the devices, and sends one round to the bus. It owns every {@link TrackedDevice}.
 */
final class Rounds implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Rounds.class);
  private static final long IDLE_MILLIS = 250;

  /** How often it asks how far history is while a device waits for that. */
  private static final long AWAITED_MILLIS = 100;

  /** An idle bridge sends an empty round so often: it finds out what became of hot state. */
  private static final long QUIET_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private static final long SAME_START_MILLIS = 15_000;
  private static final String NO_SIGN_OF_LIFE = "no sign of life";

  private final LiveBus bus;
  private final PendingEvents pending;
  private final LiveQueue queue;
  private final FleetMirror mirror;
  private final BridgeMetrics metrics;
  private final InstantSource clock;
  private final long token;
  private final long keepMillis;
  private final long signOfLifeMillis;
  private final long restNanos;
  private final Runnable failed;
  private final Map<String, TrackedDevice> devices = new HashMap<>();
  private final List<LiveInput> inputs = new ArrayList<>();
  private final List<TrackedDevice> changed = new ArrayList<>();
  private final UnsentPositions unsent;
  private final Backlogs backlogs;
  private final Thread thread;
  private volatile boolean closing;
  private String epoch = newEpoch();
  private long number;
  private long counter;
  private boolean rewrite;
  private boolean complained;
  private long sentNanos;
  private long probationEnds = Long.MIN_VALUE;
  private long brokerStarted;
  private long nextSweep;

  /**
   * Not started yet.
   *
   * @param token this bridge's lease
   * @param keepMillis positions older than this are not stored
   * @param signOfLifeMillis see {@link BridgeSettings}
   * @param roundRest see {@link BridgeSettings}
   * @param brokerStarted epoch ms; {@code Long.MIN_VALUE} where it is not known yet
   * @param answers where devices hear what became of their backlogs
   * @param failed told when a defect has stopped it
   */
  Rounds(
      LiveBus bus,
      PendingEvents pending,
      LiveQueue queue,
      FleetMirror mirror,
      BridgeMetrics metrics,
      InstantSource clock,
      long token,
      long keepMillis,
      long signOfLifeMillis,
      Duration roundRest,
      long brokerStarted,
      MqttPublisher answers,
      Runnable failed) {
    this.bus = bus;
    this.pending = pending;
    this.queue = queue;
    this.mirror = mirror;
    this.metrics = metrics;
    this.clock = clock;
    this.token = token;
    this.keepMillis = keepMillis;
    this.signOfLifeMillis = signOfLifeMillis;
    restNanos = roundRest.toNanos();
    this.failed = failed;
    this.brokerStarted = brokerStarted;
    unsent = new UnsentPositions(metrics, this::shed);
    backlogs = new Backlogs(unsent, answers, metrics);
    sentNanos = System.nanoTime() - QUIET_NANOS;
    thread = Thread.ofPlatform().name("bridge-rounds").unstarted(this::run);
  }

  /**
   * Takes over what an earlier bridge left in hot state and the newest positions of history, then
   * writes hot state anew and runs.
   */
  void start(List<DeviceRecord> left, List<Position> known) {
    left.forEach(record -> device(record.id()).restore(record));
    for (Position position : known) {
      device(position.device()).restore(position);
    }
    devices.values().forEach(device -> device.putOnProbation(brokerStarted));
    probationEnds = clock.millis() + signOfLifeMillis;
    rewrite = true;
    thread.start();
  }

  private void run() {
    try {
      while (!closing || queue.depth() > 0) {
        inputs.clear();
        queue.take(inputs, backlogs.awaited() ? AWAITED_MILLIS : IDLE_MILLIS);
        if (round()) {
          // Every round is a write to every browser, and a wake-up of all between here and there.
          TimeUnit.NANOSECONDS.sleep(restNanos);
        }
      }
      while (!unsent.isEmpty()) {
        send();
        if (complained) {
          Thread.sleep(AWAITED_MILLIS);
        }
      }
    } catch (InterruptedException e) {
      log.info("The rounds were interrupted");
    } catch (RuntimeException | Error e) {
      log.error("The live path has stopped by a defect or a fence", e);
      failed.run();
    } finally {
      if (!unsent.isEmpty()) {
        metrics.positionsDropped.increment(unsent.size());
        log.warn("{} positions did not reach the bus before the stop", unsent.size());
      }
    }
  }

  /** Whether there was anything for browsers. */
  private boolean round() {
    inputs.forEach(this::apply);
    long now = clock.millis();
    if (now >= nextSweep) {
      nextSweep = now + IDLE_MILLIS;
      mirror.sweep(now);
      probation(now);
    }
    boolean quiet = backlogs.awaited() || System.nanoTime() - sentNanos >= QUIET_NANOS;
    boolean news = !changed.isEmpty() || !unsent.isEmpty();
    if (news || quiet) {
      send();
    }
    return news;
  }

  private void apply(LiveInput input) {
    switch (input) {
      case LiveInput.Moved moved -> moved(moved);
      case LiveInput.Backlog backlog -> backlog(backlog);
      case LiveInput.Said said -> said(said);
      case LiveInput.Seen seen -> {
        TrackedDevice device = device(seen.device());
        device.alive(seen.received());
        touch(device);
      }
      case LiveInput.BrokerStarted started -> brokerStarted(started.millis());
      case LiveInput.Mirrored kept -> {
        TrackedDevice device = device(kept.device());
        Position position = device.move(kept.location(), true, kept.received(), ++counter);
        if (!position.skewed() && device.advance(position)) {
          touch(device);
        }
      }
    }
  }

  private void moved(LiveInput.Moved input) {
    int count = input.locations().size();
    boolean kept = !input.backlog() || unsent.hasRoom(count);
    int refused = move(input.device(), input.locations(), input.backlog(), input.received(), kept);
    if (!kept && !Limits.isReserved(input.device())) {
      shed(input.device(), count - refused);
    }
  }

  private void backlog(LiveInput.Backlog input) {
    if (backlogs.takes(input)) {
      long before = unsent.added();
      int tooOld = move(input.device(), input.locations(), true, input.received(), true);
      backlogs.taken(input, input.refused() + tooOld, before);
    }
  }

  private void shed(String id, int count) {
    metrics.shed(id, count);
  }

  /** Gives how many were refused. */
  private int move(
      String id, List<Location> locations, boolean backlog, long received, boolean kept) {
    TrackedDevice device = device(id);
    device.alive(received);
    touch(device);
    boolean advanced = false;
    int refused = 0;
    for (Location location : locations) {
      Position position = device.move(location, backlog, received, ++counter);
      if (position.order().millis() < received - keepMillis) {
        metrics.reject(
            RejectReason.TOO_OLD, device.id(), "a position from before what history keeps");
        metrics.positionsTooOld.increment();
        refused++;
        continue;
      }
      advanced |= device.advance(position);
      if (Limits.isReserved(device.id())) {
        metrics.positionsReserved.increment();
      } else if (kept) {
        unsent.add(position);
      }
    }
    if (advanced) {
      mirror.moved(device, received);
    }
    return refused;
  }

  private void said(LiveInput.Said input) {
    TrackedDevice device = device(input.device());
    if (device.apply(input.status(), input.retained(), input.received())) {
      touch(device);
      if (input.retained() && clock.millis() < probationEnds) {
        device.putOnProbation(brokerStarted);
      }
    }
  }

  /**
   * A killed broker sends no wills, so whoever has not shown life since it started must do so. Its
   * age is told in steps, so that a start a few seconds later is the same one.
   */
  private void brokerStarted(long millis) {
    if (millis - brokerStarted < SAME_START_MILLIS && brokerStarted != Long.MIN_VALUE) {
      return;
    }
    brokerStarted = millis;
    probationEnds = clock.millis() + signOfLifeMillis;
    devices.values().forEach(device -> device.putOnProbation(millis));
  }

  private void probation(long now) {
    if (probationEnds == Long.MIN_VALUE || now < probationEnds) {
      return;
    }
    probationEnds = Long.MIN_VALUE;
    for (TrackedDevice device : devices.values()) {
      if (device.endProbation(NO_SIGN_OF_LIFE, now)) {
        touch(device);
      }
    }
  }

  private void send() {
    List<DeviceRecord> records = new ArrayList<>(changed.size());
    for (TrackedDevice device : changed) {
      device.inRound = false;
      records.add(device.record());
    }
    changed.clear();
    try {
      if (rewrite) {
        rewriteHotState();
      }
      List<Position> positions = unsent.next();
      StreamState stream =
          bus.round(
              new BusMessage.Batch(epoch, token, ++number, records), positions, backlogs.awaited());
      unsent.sent(positions.size(), stream);
      backlogs.progress(positions.size(), stream);
      complained = false;
    } catch (BusUnavailable e) {
      metrics.publishErrors.increment();
      rewrite = true;
      if (!complained) {
        complained = true;
        log.warn("Rounds do not reach the bus: {}", e.getMessage());
      }
    }
    sentNanos = System.nanoTime();
    metrics.processed(inputs);
  }

  private void rewriteHotState() {
    epoch = newEpoch();
    number = 0;
    backlogs.forget();
    List<DeviceRecord> all = devices.values().stream().map(TrackedDevice::record).toList();
    pending.rewrite(epoch, all);
    rewrite = false;
    log.info("Hot state is written anew, with {} devices", all.size());
  }

  private TrackedDevice device(String id) {
    return devices.computeIfAbsent(id, TrackedDevice::new);
  }

  private void touch(TrackedDevice device) {
    if (!device.inRound) {
      device.inRound = true;
      changed.add(device);
    }
  }

  private static String newEpoch() {
    return UUID.randomUUID().toString().substring(0, 13);
  }

  /** Sends all that it holds, then ends, within 5 s; what the bus does not take is counted. */
  @Override
  public void close() {
    closing = true;
    try {
      if (!thread.join(Duration.ofSeconds(5))) {
        thread.interrupt();
        boolean _ = thread.join(Duration.ofSeconds(1));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
