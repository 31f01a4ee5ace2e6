package sightline.drill.mutants;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.cumulative.CumulativeCounter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

/**
 * Fails where a refused message is counted, as a parser's defect would: by an error that nobody
 * catches. For any thread.
 */
final class PoisonedRegistry extends SimpleMeterRegistry {
  private static final String REFUSED = "sightline.bridge.rejected";

  @Override
  protected Counter newCounter(Meter.Id id) {
    return id.getName().equals(REFUSED) ? new Poisoned(id) : super.newCounter(id);
  }

  private static final class Poisoned extends CumulativeCounter {
    Poisoned(Meter.Id id) {
      super(id);
    }

    @Override
    public void increment(double amount) {
      throw new AssertionError("a message that no parser expects");
    }
  }
}
