package sightline.history;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * The recorder's figures; the names in the contract are how Prometheus shows these. The recorder's
 * thread writes, any thread reads.
 */
final class RecorderMetrics {
  private final DistributionSummary batchRows;
  private final Timer batch;
  private final Counter missed;
  private final Counter in;
  private final Counter out;
  private final Counter known;
  private final Counter refused;

  private final Counter unreadable;
  private final Counter held;

  private volatile long lagMillis;
  private volatile long daysWaiting;
  private volatile long eventsWaiting;

  RecorderMetrics(MeterRegistry registry) {
    Gauge.builder("sightline.recorder.lag", () -> lagMillis / 1000.0)
        .description("Age of the oldest position that is not in history yet")
        .baseUnit("seconds")
        .register(registry);
    batchRows =
        DistributionSummary.builder("sightline.recorder.batch.rows")
            .description("Positions in a batch")
            .register(registry);
    batch =
        Timer.builder("sightline.recorder.batch")
            .description("Time to write a batch")
            .register(registry);
    missed =
        Counter.builder("sightline.recorder.missed")
            .description("Positions that the stream dropped before they were read")
            .register(registry);
    unreadable =
        Counter.builder("sightline.recorder.unreadable")
            .description("Positions in chunks of the stream that could not be read")
            .register(registry);
    held =
        Counter.builder("sightline.recorder.retention.held")
            .description("Steps of retention that were larger than it may do by itself")
            .register(registry);
    waiting(registry, "position-days", () -> daysWaiting);
    waiting(registry, "events", () -> eventsWaiting);
    in = ledger(registry, "recorder-in");
    out = ledger(registry, "recorder-out");
    known = ledger(registry, "recorder-known");
    refused = ledger(registry, "recorder-refused");
  }

  private static void waiting(MeterRegistry registry, String of, Supplier<Number> count) {
    Gauge.builder("sightline.recorder.retention.waiting", count)
        .description("Past retention by the clock, and kept until a command says so")
        .tag("of", of)
        .register(registry);
  }

  /** In is out, known and refused. */
  private static Counter ledger(MeterRegistry registry, String hop) {
    return Counter.builder("sightline.ledger")
        .description("What went in and out of each hop")
        .tags("flow", "positions", "hop", hop)
        .register(registry);
  }

  void lag(long millis) {
    lagMillis = millis;
  }

  void unreadable(long count) {
    unreadable.increment((double) count);
  }

  void waiting(long days, long events) {
    daysWaiting = days;
    eventsWaiting = events;
  }

  void held() {
    held.increment();
  }

  void missed(long count) {
    missed.increment((double) count);
  }

  void stored(PositionStore.Outcome outcome, Duration took) {
    int rows = outcome.added() + outcome.known() + outcome.refused();
    batchRows.record(rows);
    batch.record(took);
    in.increment(rows);
    out.increment(outcome.added());
    known.increment(outcome.known());
    refused.increment(outcome.refused());
  }
}
