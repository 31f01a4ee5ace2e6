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
import sightline.bus.HotState;
import sightline.bus.LiveBus;
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
  private static final String NO_SIGN_OF_LIFE = "no sign of life";

  private final LiveBus bus;
  private final HotState hot;
  private final LiveQueue queue;
  private final FleetMirror mirror;
  private final BridgeMetrics metrics;
  private final InstantSource clock;
  private final long token;
  private final long keepMillis;
  private final long signOfLifeMillis;
  private final Runnable failed;
  private final Map<String, TrackedDevice> devices = new HashMap<>();
  private final List<LiveInput> inputs = new ArrayList<>();
  private final List<TrackedDevice> changed = new ArrayList<>();
  private final List<Position> positions = new ArrayList<>();
  private final Thread thread;
  private volatile boolean closing;
  private String epoch = newEpoch();
  private long number;
  private long counter;
  private boolean rewrite;
  private long probationEnds = Long.MIN_VALUE;
  private long nextSweep;

  /**
   * Not started yet.
   *
   * @param token this bridge's lease
   * @param keepMillis positions older than this are not stored
   * @param signOfLifeMillis see {@link BridgeSettings}
   * @param failed told when a defect has stopped it
   */
  Rounds(
      LiveBus bus,
      HotState hot,
      LiveQueue queue,
      FleetMirror mirror,
      BridgeMetrics metrics,
      InstantSource clock,
      long token,
      long keepMillis,
      long signOfLifeMillis,
      Runnable failed) {
    this.bus = bus;
    this.hot = hot;
    this.queue = queue;
    this.mirror = mirror;
    this.metrics = metrics;
    this.clock = clock;
    this.token = token;
    this.keepMillis = keepMillis;
    this.signOfLifeMillis = signOfLifeMillis;
    this.failed = failed;
    thread = Thread.ofPlatform().name("bridge-rounds").unstarted(this::run);
  }

  /** Takes the newest positions from history over, then writes hot state anew and runs. */
  void start(List<Position> known) {
    for (Position position : known) {
      device(position.device()).restore(position);
    }
    devices.values().forEach(TrackedDevice::putOnProbation);
    probationEnds = clock.millis() + signOfLifeMillis;
    rewriteHotState();
    thread.start();
  }

  private void run() {
    try {
      while (!closing || queue.depth() > 0) {
        inputs.clear();
        queue.take(inputs, IDLE_MILLIS);
        round();
      }
    } catch (InterruptedException e) {
      log.info("The rounds were interrupted");
    } catch (RuntimeException e) {
      log.error("The live path has stopped by a defect or a fence", e);
      failed.run();
    }
  }

  private void round() {
    inputs.forEach(this::apply);
    long now = clock.millis();
    if (now >= nextSweep) {
      nextSweep = now + IDLE_MILLIS;
      mirror.sweep(now);
      probation(now);
    }
    if (!changed.isEmpty() || !positions.isEmpty()) {
      send();
    }
  }

  private void apply(LiveInput input) {
    switch (input) {
      case LiveInput.Moved moved -> moved(moved);
      case LiveInput.Said said -> said(said);
      case LiveInput.Seen seen -> {
        TrackedDevice device = device(seen.device());
        device.alive(seen.received());
        touch(device);
      }
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
    TrackedDevice device = device(input.device());
    device.alive(input.received());
    touch(device);
    boolean advanced = false;
    for (Location location : input.locations()) {
      Position position = device.move(location, input.backlog(), input.received(), ++counter);
      if (position.order().millis() < input.received() - keepMillis) {
        metrics.reject(
            RejectReason.TOO_OLD, device.id(), "a position from before what history keeps");
        continue;
      }
      advanced |= device.advance(position);
      if (!Limits.isReserved(device.id())) {
        positions.add(position);
      }
    }
    if (advanced) {
      mirror.moved(device, input.received());
    }
  }

  private void said(LiveInput.Said input) {
    TrackedDevice device = device(input.device());
    boolean fresh = input.retained() && clock.millis() < probationEnds;
    if (device.apply(input.status(), input.retained(), input.received())) {
      touch(device);
      if (fresh) {
        device.putOnProbation();
      }
    }
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
      bus.round(new BusMessage.Batch(epoch, token, ++number, records), List.copyOf(positions));
      metrics.positionsOut.increment(positions.size());
    } catch (BusUnavailable e) {
      metrics.publishErrors.increment();
      rewrite = true;
      log.warn("A round did not reach the bus: {}", e.toString());
    }
    positions.clear();
    measure();
  }

  private void measure() {
    long now = System.nanoTime();
    for (LiveInput input : inputs) {
      switch (input) {
        case LiveInput.Moved moved ->
            metrics.processing.record(now - moved.nanos(), TimeUnit.NANOSECONDS);
        case LiveInput.Said said ->
            metrics.processing.record(now - said.nanos(), TimeUnit.NANOSECONDS);
        case LiveInput.Seen seen -> {}
        case LiveInput.Mirrored kept -> {}
      }
    }
  }

  private void rewriteHotState() {
    epoch = newEpoch();
    number = 0;
    List<DeviceRecord> all = devices.values().stream().map(TrackedDevice::record).toList();
    hot.rewrite(new HotState.Snapshot(epoch, token, 0, all, hot.read().pending()));
    rewrite = false;
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

  /** Sends what is queued, then ends, within 5 s. */
  @Override
  public void close() {
    closing = true;
    try {
      if (!thread.join(Duration.ofSeconds(5))) {
        thread.interrupt();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
