package sightline.history;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;

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

  private volatile long lagMillis;

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
    in = ledger(registry, "recorder-in");
    out = ledger(registry, "recorder-out");
    known = ledger(registry, "recorder-known");
    refused = ledger(registry, "recorder-refused");
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
