package sightline.drill;

import java.io.IOException;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The broker away for minutes: how much the roles log and compute meanwhile. Owned by the thread
 * that drills.
 */
final class BrokerAway extends StackSite {
  private static final double NANOS_A_MINUTE = 6e10;
  private static final double MOST_LINES = 6;

  /** What it takes 12 browsers, the fleet's absence and all links' attempts. */
  private static final double MOST_CORES = 0.25;

  private final Notes notes = new Notes();
  private long sinceNanos;
  private Processes processes;

  BrokerAway(StackProcess stack, Plan plan, RandomGenerator random) throws IOException {
    super(stack, plan.fault(), random);
    processes = new Processes(stack, List.of());
  }

  @Override
  public void strike() throws IOException, InterruptedException {
    processes = new Processes(stack(), List.of("bridge", "gateway", "recorder", "probe"));
    sinceNanos = System.nanoTime();
    super.strike();
  }

  @Override
  public void release() throws IOException {
    if (sinceNanos != 0) {
      double minutes = (System.nanoTime() - sinceNanos) / NANOS_A_MINUTE;
      sinceNanos = 0;
      notes.require(stack().parts().named("mosquitto").pid() == 0, "the broker was not away");
      processes.judge(minutes, MOST_LINES, MOST_CORES, notes);
    }
    super.release();
  }

  @Override
  public Observed observed() {
    return notes.observed();
  }
}
