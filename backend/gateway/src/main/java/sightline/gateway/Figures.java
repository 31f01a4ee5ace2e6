package sightline.gateway;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import sightline.time.RoleClock;

/**
 * The numbers of a health page, out of the process's metrics: as they are, or as a rate over about
 * the last ten seconds. A virtual thread takes samples; any thread may read.
 */
final class Figures {
  private static final long SAMPLE_MILLIS = 1_000;
  private static final int SAMPLES = 11;

  private enum Kind {
    /** A gauge, or a counter's whole count. */
    VALUE,
    /** A counter's increments a second. */
    RATE,
    /** A timer's mean, ms. */
    MEAN,
    /** A gauge in seconds, as ms. */
    MILLIS
  }

  private record Figure(String part, String name, Kind kind, String meter, List<String> tags) {}

  private static final List<Figure> ALL =
      List.of(
          figure("broker", "clients", Kind.VALUE, "sightline.broker.clients"),
          figure(
              "broker", "inPerSecond", Kind.RATE, "sightline.broker.messages", "direction", "in"),
          figure(
              "broker", "outPerSecond", Kind.RATE, "sightline.broker.messages", "direction", "out"),
          figure("broker", "droppedPerSecond", Kind.RATE, "sightline.broker.dropped"),
          figure("broker", "dropped", Kind.VALUE, "sightline.broker.dropped"),
          figure("broker", "disconnectsPerSecond", Kind.RATE, "sightline.broker.disconnects"),
          figure("bridge", "queueDepth", Kind.VALUE, "sightline.bridge.queue.depth"),
          figure("bridge", "eventsWaiting", Kind.VALUE, "sightline.bridge.events.waiting"),
          ledger("bridge", "positionsPerSecond", "positions", "bridge-in"),
          ledger("bridge", "eventsPerSecond", "events", "bridge-in"),
          figure("bridge", "rejectedPerSecond", Kind.RATE, "sightline.bridge.rejected"),
          figure("bridge", "publishErrors", Kind.VALUE, "sightline.bridge.publish.errors"),
          figure("bridge", "processingMs", Kind.MEAN, "sightline.bridge.processing"),
          figure("gateway", "clients", Kind.VALUE, "sightline.gateway.clients"),
          figure("gateway", "connections", Kind.VALUE, "sightline.gateway.connections"),
          figure("gateway", "replays", Kind.VALUE, "sightline.gateway.replays"),
          ledger("gateway", "positionsPerSecond", "positions", "gateway-in"),
          ledger("gateway", "toldPerSecond", "positions", "gateway-out"),
          figure("gateway", "conflatedPerSecond", Kind.RATE, "sightline.gateway.conflated"),
          figure("gateway", "broadcastMs", Kind.MEAN, "sightline.gateway.broadcast"),
          figure("gateway", "resyncs", Kind.VALUE, "sightline.gateway.resyncs"),
          figure("recorder", "lagMs", Kind.MILLIS, "sightline.recorder.lag"),
          figure("recorder", "missed", Kind.VALUE, "sightline.recorder.missed"),
          ledger("recorder", "rowsPerSecond", "positions", "recorder-out"),
          figure("probe", "failures", Kind.VALUE, "sightline.probe.failures"),
          figure("process", "heapBytes", Kind.VALUE, "jvm.memory.used", "area", "heap"),
          figure("process", "threads", Kind.VALUE, "jvm.threads.live"),
          figure("process", "openFiles", Kind.VALUE, "process.files.open"));

  /** What a meter has counted: for a timer, how often and the sum in ms. */
  private record Reading(double count, double sum) {}

  private record Sample(long nanos, Map<Figure, Reading> readings) {}

  private final MeterRegistry registry;
  private final RoleClock clock;

  @GuardedBy("samples")
  private final ArrayDeque<Sample> samples = new ArrayDeque<>();

  private volatile boolean closed;

  Figures(MeterRegistry registry, RoleClock clock) {
    this.registry = registry;
    this.clock = clock;
  }

  private static Figure figure(String part, String name, Kind kind, String meter, String... tags) {
    return new Figure(part, name, kind, meter, List.of(tags));
  }

  private static Figure ledger(String part, String name, String flow, String hop) {
    return figure(part, name, Kind.RATE, "sightline.ledger", "flow", flow, "hop", hop);
  }

  void start() {
    var _ = Thread.ofVirtual().name("figures").start(this::run);
  }

  void close() {
    closed = true;
  }

  private void run() {
    try {
      while (!closed) {
        Sample sample = sample();
        synchronized (samples) {
          samples.addLast(sample);
          if (samples.size() > SAMPLES) {
            samples.removeFirst();
          }
        }
        Thread.sleep(SAMPLE_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The figures of every part that has any, by name; each part's in their order. */
  Map<String, Map<String, Double>> now() {
    Sample now = sample();
    Sample then;
    synchronized (samples) {
      then = samples.isEmpty() ? now : samples.getFirst();
    }
    Map<String, Map<String, Double>> parts = new LinkedHashMap<>();
    now.readings()
        .forEach(
            (figure, reading) -> {
              Reading before = then.readings().getOrDefault(figure, new Reading(0, 0));
              double value = value(figure.kind(), reading, before, now.nanos() - then.nanos());
              if (!Double.isNaN(value)) {
                parts
                    .computeIfAbsent(figure.part(), part -> new LinkedHashMap<>())
                    .put(figure.name(), value);
              }
            });
    return parts;
  }

  private static double value(Kind kind, Reading now, Reading before, long nanos) {
    double count = now.count() - before.count();
    return switch (kind) {
      case VALUE -> now.count();
      case MILLIS -> now.count() * 1_000;
      case RATE -> nanos <= 0 ? Double.NaN : count * 1e9 / nanos;
      case MEAN -> count <= 0 ? Double.NaN : (now.sum() - before.sum()) / count;
    };
  }

  private Sample sample() {
    Map<Figure, Reading> readings = new LinkedHashMap<>();
    for (Figure figure : ALL) {
      String[] tags = figure.tags().toArray(String[]::new);
      var search = registry.find(figure.meter()).tags(tags);
      Collection<Counter> counters = search.counters();
      Collection<FunctionCounter> functions = search.functionCounters();
      Collection<Gauge> gauges = search.gauges();
      Collection<Timer> timers = search.timers();
      if (!counters.isEmpty()) {
        readings.put(figure, new Reading(counters.stream().mapToDouble(Counter::count).sum(), 0));
      } else if (!functions.isEmpty()) {
        double sum = functions.stream().mapToDouble(FunctionCounter::count).sum();
        readings.put(figure, new Reading(sum, 0));
      } else if (!gauges.isEmpty()) {
        readings.put(figure, new Reading(gauges.stream().mapToDouble(Gauge::value).sum(), 0));
      } else if (!timers.isEmpty()) {
        double sum =
            timers.stream().mapToDouble(each -> each.totalTime(TimeUnit.MILLISECONDS)).sum();
        readings.put(figure, new Reading(timers.stream().mapToLong(Timer::count).sum(), sum));
      }
    }
    return new Sample(clock.nanos(), readings);
  }
}
