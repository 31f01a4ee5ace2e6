package sightline.drill.mutants;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.cumulative.CumulativeCounter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Objects;
import java.util.Set;
import sightline.protocol.RejectReason;

/**
 * Fails where a refused message is counted, as a parser's defect would: by an error that nobody
 * catches. What is only noted, and not refused, is no poison: events that an earlier trial left in
 * the broker may be. For any thread.
 */
final class PoisonedRegistry extends SimpleMeterRegistry {
  private static final String REFUSED = "sightline.bridge.rejected";
  private static final Set<String> NOTED =
      Set.of(RejectReason.ID_REUSED.wireName(), RejectReason.SAME_ID.wireName());

  @Override
  protected Counter newCounter(Meter.Id id) {
    boolean refused =
        id.getName().equals(REFUSED)
            && !NOTED.contains(Objects.requireNonNullElse(id.getTag("reason"), ""));
    return refused ? new Poisoned(id) : super.newCounter(id);
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
