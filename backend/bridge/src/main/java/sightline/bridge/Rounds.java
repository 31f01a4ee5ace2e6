package sightline.bridge;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.LongPredicate;
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
import sightline.protocol.Refused;
import sightline.protocol.RejectReason;
import sightline.protocol.RejectedPayload;
import sightline.time.RoleClock;

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

  private static final String SHED = RejectReason.OVERLOAD.wireName();
  private static final String SHED_DETAIL = "more positions came than can be recorded";

  private static final long SWEEP_NANOS = TimeUnit.MILLISECONDS.toNanos(IDLE_MILLIS);
  private static final long SAME_START_MILLIS = 15_000;
  private static final String NO_SIGN_OF_LIFE = "no sign of life";

  private final LiveBus bus;
  private final PendingEvents pending;
  private final LiveQueue queue;
  private final FleetMirror mirror;
  private final Marks marks;
  private final Events events;
  private final Enrolment enrolment;
  private final BridgeMetrics metrics;
  private final RoleClock clock;
  private final long token;
  private final long keepMillis;

  /** What history takes in although the clock calls it too old; set before the start. */
  private LongPredicate inHistory = millis -> false;

  private final long signOfLifeMillis;
  private final long restNanos;
  private final Runnable failed;
  private final Map<String, TrackedDevice> devices = new HashMap<>();
  private final UnknownUnits unknown = new UnknownUnits();
  private final HeldWills held = new HeldWills();
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
  private long brokerStarted;
  private long brokerUpSeconds = Long.MAX_VALUE;

  /** Whether some must show life, and until when, monotonic ns. */
  private boolean probation;

  private long probationEndsNanos;
  private long nextSweepNanos;

  /** Steps of this machine's clock that the devices' times were put right for; any thread reads. */
  private volatile long steppedMillis;

  /** The events' connection, by which marks come back. */
  interface Events {
    /** Its number, 0 where it is not connected. */
    long connection();

    /** Publishes by it. */
    MqttPublisher publisher();
  }

  /**
   * Not started yet.
   *
   * @param marks that order events behind last wills
   * @param enrolment gives places back
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
      Marks marks,
      Events events,
      Enrolment enrolment,
      BridgeMetrics metrics,
      RoleClock clock,
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
    this.marks = marks;
    this.events = events;
    this.enrolment = enrolment;
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
    sentNanos = clock.nanos() - QUIET_NANOS;
    nextSweepNanos = clock.nanos();
    steppedMillis = clock.steppedMillis();
    thread = Thread.ofPlatform().name("bridge-rounds").unstarted(this::run);
  }

  /**
   * Takes over what an earlier bridge left in hot state and the newest positions of history, then
   * writes hot state anew and runs.
   *
   * @param alarms devices with an alarm that nobody has acknowledged: they are there in any case
   */
  void start(List<DeviceRecord> left, List<Position> known, Map<String, Long> alarms) {
    long now = clock.millis();
    left.forEach(record -> device(record.id()).restore(record, now));
    for (Position position : known) {
      device(position.device()).restore(position, now);
    }
    alarms.forEach((id, received) -> device(id).life().known(received, now));
    allOnProbation(brokerStarted);
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
    followClock();
    inputs.forEach(this::apply);
    metrics.refusals.drain(this::refused);
    long nanos = clock.nanos();
    if (nanos - nextSweepNanos >= 0) {
      nextSweepNanos = nanos + SWEEP_NANOS;
      mirror.sweep(monotonicMillis());
      endProbation(nanos);
      held.due(nanos).forEach(will -> apply(device(will.device()), will));
      marks.publish(events.connection(), events.publisher(), nanos);
      tellOfUnknown();
    }
    boolean quiet = backlogs.awaited() || nanos - sentNanos >= QUIET_NANOS;
    boolean news = !changed.isEmpty() || !unsent.isEmpty();
    if (news || quiet) {
      send();
    }
    return news;
  }

  private void refused(String id, Refused refused) {
    TrackedDevice device = devices.get(id);
    if (device != null) {
      device.refused(refused);
      touch(device);
    } else if (!Limits.isReserved(id)) {
      unknown.refused(id, refused);
    }
  }

  /** A gateway that misses it hears it with the next refusal. */
  private void tellOfUnknown() {
    if (unknown.hasNews()) {
      try {
        bus.beat(unknown.news());
      } catch (BusUnavailable e) {
        metrics.publishErrors.increment();
      }
    }
  }

  /** After a step of this machine's clock all ages are what they were. */
  private void followClock() {
    long stepped = clock.steppedMillis();
    if (stepped == steppedMillis) {
      return;
    }
    long by = stepped - steppedMillis;
    steppedMillis = stepped;
    brokerStarted += brokerStarted == Long.MIN_VALUE ? 0 : by;
    for (TrackedDevice device : devices.values()) {
      device.life().shift(by);
      touch(device);
    }
  }

  /** Epoch ms by the clock that the devices' times are of; any thread. */
  long time() {
    return clock.millis() - (clock.steppedMillis() - steppedMillis);
  }

  private long monotonicMillis() {
    return TimeUnit.NANOSECONDS.toMillis(clock.nanos());
  }

  private void apply(LiveInput input) {
    switch (input) {
      case LiveInput.Moved moved -> moved(moved);
      case LiveInput.Backlog backlog -> backlog(backlog);
      case LiveInput.Said said -> said(said);
      case LiveInput.Seen seen -> seen(seen);
      case LiveInput.Retired retired -> retired(retired.device());
      case LiveInput.TakenOver taken -> takenOver(taken.device());
      case LiveInput.BrokerStarted started -> brokerStarted(started);
      case LiveInput.Mirrored kept -> {
        TrackedDevice device = met(kept.device());
        Position position = device.rank(kept.location(), kept.received(), ++counter);
        if (!position.skewed() && device.advance(position, false)) {
          touch(device);
        }
      }
    }
  }

  /** Says what history takes in although it is too old by the clock, which may be wrong. */
  void believe(LongPredicate holds) {
    inHistory = holds;
  }

  private void moved(LiveInput.Moved input) {
    int count = input.locations().size();
    boolean kept = !input.backlog() || unsent.hasRoom(count);
    int refused = move(input.device(), input.locations(), input.retained(), input.received(), kept);
    if (!kept && !Limits.isReserved(input.device())) {
      shed(input.device(), count - refused);
    }
  }

  private void backlog(LiveInput.Backlog input) {
    if (backlogs.takes(input)) {
      long before = unsent.added();
      int tooOld = move(input.device(), input.locations(), false, input.received(), true);
      backlogs.taken(input, input.refused() + tooOld, before);
    }
  }

  /** What is lost is counted at the unit too, where an operator sees it. */
  private void shed(String id, int count) {
    metrics.shed(id, count);
    if (count > 0) {
      refused(id, new Refused(count, clock.millis(), "location", SHED, null, SHED_DETAIL));
    }
  }

  /** Gives how many were refused. */
  private int move(
      String id, List<Location> locations, boolean retained, long received, boolean kept) {
    if (locations.isEmpty()) {
      return 0;
    }
    TrackedDevice device = retained ? met(id) : device(id);
    boolean advanced = false;
    int refused = 0;
    long newest = Long.MIN_VALUE;
    for (Location location : locations) {
      Position position = device.rank(location, received, ++counter);
      long millis = position.order().millis();
      newest = Math.max(newest, millis);
      if (millis < received - keepMillis && !inHistory.test(millis)) {
        metrics.refuse(device.id(), "location", tooOld());
        metrics.positionsTooOld.increment();
        refused++;
        continue;
      }
      advanced |= device.advance(position, !retained);
      if (Limits.isReserved(device.id())) {
        metrics.positionsReserved.increment();
      } else if (kept) {
        unsent.add(position);
      }
    }
    Life.Evidence evidence = Life.ofLocations(retained, newest, received);
    seen(device, evidence, received);
    if (advanced) {
      mirror.moved(device, monotonicMillis());
    }
    return refused;
  }

  private static RejectedPayload tooOld() {
    return new RejectedPayload(
        RejectReason.TOO_OLD, "timestamp", "timestamp is from before what history keeps");
  }

  private void said(LiveInput.Said input) {
    TrackedDevice device = input.retained() ? met(input.device()) : device(input.device());
    if (!input.retained() && rivals(device, input)) {
      return;
    }
    apply(device, input);
  }

  /** Gives whether an offline status is held back. */
  private boolean rivals(TrackedDevice device, LiveInput.Said input) {
    long nanos = clock.nanos();
    if (input.status().online()) {
      held.forget(device.id());
      noteTurn(device, device.rivals.online(input.status().session(), nanos));
      return false;
    }
    device.rivals.offline(nanos);
    if (device.rivals.contended(nanos) && !device.endsAnotherSession(input.status())) {
      held.hold(input, nanos);
      return true;
    }
    return false;
  }

  private void takenOver(String id) {
    TrackedDevice device = devices.get(id);
    if (device != null) {
      noteTurn(device, device.rivals.takenOver(clock.nanos()));
    }
  }

  private void noteTurn(TrackedDevice device, boolean tooMany) {
    if (tooMany) {
      metrics.refuse(
          device.id(),
          "status",
          new RejectedPayload(
              RejectReason.SAME_ID,
              null,
              "two clients use this id, and end each other's connection"));
    }
  }

  private void apply(TrackedDevice device, LiveInput.Said input) {
    if (device.apply(input.status(), input.retained(), input.received(), marks::ask)) {
      touch(device);
      if (input.retained() && probation) {
        device.life().putOnProbation(brokerStarted, marks.ask());
      }
    }
  }

  private void seen(LiveInput.Seen input) {
    TrackedDevice device = input.proven() < 0 ? met(input.device()) : device(input.device());
    seen(device, device.life().ofEvent(input.proven()), input.received());
  }

  /** It published. */
  private void seen(TrackedDevice device, Life.Evidence evidence, long received) {
    boolean _ = device.life().seen(evidence, received);
    if (evidence == Life.Evidence.NOW && device.rivals.hasEnded()) {
      held.forget(device.id());
      noteTurn(device, device.rivals.alive(clock.nanos()));
    }
    touch(device);
  }

  /** It leaves the fleet and hot state; history keeps what it has of it. */
  private void retired(String id) {
    TrackedDevice device = devices.remove(id);
    if (device == null) {
      return;
    }
    changed.remove(device);
    held.forget(id);
    enrolment.release(id);
    mirror.retired(device);
    metrics.devicesRetired.increment();
    log.info("{} is retired: its retained status was cleared", id);
    // Gateways read hot state again under its new epoch, and browsers get a new snapshot.
    rewrite = true;
  }

  /**
   * A killed broker sends no wills, so whoever has not shown life since it started must do so. Its
   * age comes in steps, so that a start a few seconds later may be the same one; but one that has
   * run for a shorter time than before has started again.
   */
  private void brokerStarted(LiveInput.BrokerStarted start) {
    boolean again = start.upSeconds() < brokerUpSeconds && brokerUpSeconds != Long.MAX_VALUE;
    brokerUpSeconds = start.upSeconds();
    boolean later =
        brokerStarted == Long.MIN_VALUE || start.millis() - brokerStarted >= SAME_START_MILLIS;
    if (again || later) {
      brokerStarted = start.millis();
      allOnProbation(start.millis());
    }
  }

  private void allOnProbation(long since) {
    long mark = marks.ask();
    devices.values().forEach(device -> device.life().putOnProbation(since, mark));
    beginProbation();
  }

  private void beginProbation() {
    probation = true;
    probationEndsNanos = clock.nanos() + TimeUnit.MILLISECONDS.toNanos(signOfLifeMillis);
  }

  private void endProbation(long nanos) {
    if (!probation || nanos - probationEndsNanos < 0) {
      return;
    }
    probation = false;
    long now = clock.millis();
    for (TrackedDevice device : devices.values()) {
      if (device.life().endProbation(NO_SIGN_OF_LIFE, now)) {
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
    sentNanos = clock.nanos();
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

  /** One that may be known only by what is from before now: it must show that it lives. */
  private TrackedDevice met(String id) {
    TrackedDevice known = devices.get(id);
    if (known != null) {
      return known;
    }
    TrackedDevice device = device(id);
    device.life().doubt(marks.ask());
    if (!probation) {
      beginProbation();
    }
    return device;
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
