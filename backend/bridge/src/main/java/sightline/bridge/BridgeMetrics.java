package sightline.bridge;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sightline.protocol.Refused;
import sightline.protocol.RejectReason;
import sightline.protocol.RejectedPayload;
import sightline.time.RoleClock;

/** The bridge's metrics, and the bounded log of what it refuses. Thread-safe. */
final class BridgeMetrics {
  private static final Logger log = LoggerFactory.getLogger(BridgeMetrics.class);
  private static final long LOG_EVERY_NANOS = Duration.ofSeconds(10).toNanos();

  private final MeterRegistry registry;
  private final Map<RejectReason, Counter> rejected = new EnumMap<>(RejectReason.class);
  private final Map<RejectReason, Counter> leftOut = new EnumMap<>(RejectReason.class);
  private final RoleClock clock;
  private final RefusalLog refusalLog;
  final Refusals refusals = new Refusals();
  private final AtomicLong nextShedLog = new AtomicLong(Long.MIN_VALUE);
  final Timer processing;
  final Counter publishErrors;
  final Counter positionsDropped;
  final Counter signsDropped;
  final Counter defects;
  final Counter positionsTooOld;
  final Counter positionsReserved;
  final Counter positionsReturned;
  final Counter positionsIn;
  final Counter positionsOut;
  final Counter devicesRetired;
  final Counter eventsUntracked;
  final Counter eventsIn;
  final Counter eventsOut;

  BridgeMetrics(MeterRegistry registry) {
    this(registry, RoleClock.system());
  }

  BridgeMetrics(MeterRegistry registry, RoleClock clock) {
    this.registry = registry;
    this.clock = clock;
    refusalLog = new RefusalLog(log::warn, clock::nanos);
    for (RejectReason reason : RejectReason.values()) {
      rejected.put(reason, byReason("rejected", "Publishes that were refused", reason));
    }
    for (RejectReason reason :
        List.of(RejectReason.WRONG_TYPE, RejectReason.OUT_OF_RANGE, RejectReason.NULL_ISLAND)) {
      leftOut.put(
          reason, byReason("fields.left.out", "Optional fields that were left out", reason));
    }
    processing =
        Timer.builder("sightline.bridge.processing")
            .description("From receiving a publish to its round on the bus")
            .publishPercentileHistogram()
            .minimumExpectedValue(Duration.ofNanos(50_000))
            .maximumExpectedValue(Duration.ofSeconds(10))
            .register(registry);
    publishErrors = counter("publish.errors", "Rounds, news and answers that could not be sent");
    positionsDropped =
        counter("positions.dropped", "Positions that were shed: more came than can be recorded");
    signsDropped =
        counter("signs.dropped", "Signs of life of events that the full queue did not take");
    defects = counter("defects", "Messages that could not be handled by a defect of the bridge");
    devicesRetired = counter("devices.retired", "Units that were removed from the fleet");
    eventsUntracked =
        counter("events.untracked", "Events taken of devices that found no place in the fleet");
    // In is out, dropped, too old, reserved and returned, and what is under way.
    positionsTooOld = ledger("positions", "bridge-too-old");
    positionsReserved = ledger("positions", "bridge-reserved");
    positionsReturned = ledger("positions", "bridge-returned");
    positionsIn = ledger("positions", "bridge-in");
    positionsOut = ledger("positions", "bridge-out");
    eventsIn = ledger("events", "bridge-in");
    eventsOut = ledger("events", "bridge-out");
  }

  void queueDepth(Supplier<Number> depth) {
    Gauge.builder("sightline.bridge.queue.depth", depth)
        .description("Locations and statuses that wait for a round")
        .strongReference(true)
        .register(registry);
  }

  void devices(Supplier<Number> taken) {
    Gauge.builder("sightline.bridge.devices", taken)
        .description("Devices that have a place in the fleet; devices.max is the bound")
        .strongReference(true)
        .register(registry);
  }

  void backlogsWaiting(Supplier<Number> waiting) {
    Gauge.builder("sightline.bridge.backlogs.waiting", waiting)
        .description("Backlogs with an id that are received and not yet answered")
        .strongReference(true)
        .register(registry);
  }

  void eventsWaiting(Supplier<Number> waiting) {
    Gauge.builder("sightline.bridge.events.waiting", waiting)
        .description("Events that are received and not yet committed")
        .strongReference(true)
        .register(registry);
  }

  /** Counts, logs and notes at its unit what was refused, or what else went wrong with it. */
  void refuse(String device, String topic, RejectedPayload why) {
    count(rejected, why.reason());
    noted(device, topic, why);
  }

  /** The same of a publish that is no unit's. */
  void refuseTopic(String topic, RejectedPayload why) {
    count(rejected, why.reason());
    refusalLog.say("no unit", topic, why.reason().wireName(), why.detail());
  }

  /** The same of optional fields that were left out of what was accepted. */
  void leftOut(String device, String topic, List<RejectedPayload> flaws) {
    for (RejectedPayload flaw : flaws) {
      count(leftOut, flaw.reason());
      noted(device, topic, flaw);
    }
  }

  /** What is said at a unit of a defect of ours; its whole trace is the link's to log. */
  static RejectedPayload defect(Throwable met) {
    StackTraceElement[] trace = met.getStackTrace();
    String where = trace.length == 0 ? "" : " at " + trace[0];
    return new RejectedPayload(RejectReason.DEFECT, met.getClass().getSimpleName() + where);
  }

  private void noted(String device, String topic, RejectedPayload why) {
    String reason = why.reason().wireName();
    String last = topic.substring(topic.lastIndexOf('/') + 1);
    refusals.note(device, new Refused(1, clock.millis(), last, reason, why.field(), why.detail()));
    refusalLog.say(device, last, reason, why.detail());
  }

  private static void count(Map<RejectReason, Counter> counters, RejectReason reason) {
    Counter counter = counters.get(reason);
    if (counter != null) {
      counter.increment();
    }
  }

  /** The bus has these, or will with the next round. */
  void processed(List<LiveInput> inputs) {
    long now = System.nanoTime();
    for (LiveInput input : inputs) {
      if (input.nanos() != 0) {
        processing.record(now - input.nanos(), TimeUnit.NANOSECONDS);
      }
    }
  }

  /** Counts positions that are lost, and logs at most one unit in 10 s. */
  void shed(String device, int count) {
    positionsDropped.increment(count);
    long now = System.nanoTime();
    long due = nextShedLog.get();
    if ((due == Long.MIN_VALUE || now - due >= 0)
        && nextShedLog.compareAndSet(due, now + LOG_EVERY_NANOS)) {
      log.warn(
          "Shed {} positions of {}: more come than can be recorded (further ones of the next 10 s"
              + " are only counted)",
          count,
          device);
    }
  }

  private Counter byReason(String name, String description, RejectReason reason) {
    return Counter.builder("sightline.bridge." + name)
        .description(description + ", by reason")
        .tag("reason", reason.wireName())
        .register(registry);
  }

  private Counter counter(String name, String description) {
    return Counter.builder("sightline.bridge." + name).description(description).register(registry);
  }

  private Counter ledger(String flow, String hop) {
    return Counter.builder("sightline.ledger")
        .description("What went into and out of each hop; the hops must reconcile")
        .tags("flow", flow, "hop", hop)
        .register(registry);
  }
}
