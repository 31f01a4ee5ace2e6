package sightline.drill;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A gateway stopped by SIGTERM under many browsers: when each of them comes back. Owned by the
 * thread that drills.
 */
final class GatewayRestart extends StackSite {
  private static final int BUCKET_MILLIS = 500;

  /** Five seconds of jitter, and what a connection takes. */
  private static final long LAST_MILLIS = 6_500;

  /** Spread evenly it is a tenth. */
  private static final double FULLEST = 0.3;

  private final Returns returns = new Returns();

  GatewayRestart(StackProcess stack, RandomGenerator random) throws IOException {
    super(stack, Fault.RESTART_GATEWAY, random);
  }

  @Override
  public void begin(Scene scene) {
    scene.browsers().forEach(browser -> browser.tell(returns));
  }

  @Override
  public void strike() {
    returns.struck(System.nanoTime());
    Signal.TERM.to(struck().pid());
  }

  @Override
  public Observed observed() {
    List<String> lines = new ArrayList<>();
    lines.add(
        "browsers back per %d ms after the stop, %d in all, the last after %.2f s:"
            .formatted(BUCKET_MILLIS, returns.count(), returns.lastMillis() / 1_000.0));
    lines.addAll(returns.lines(BUCKET_MILLIS));
    List<String> failures = new ArrayList<>();
    if (returns.count() == 0) {
      failures.add("no browser had to come back");
    }
    if (returns.fullest(BUCKET_MILLIS) > FULLEST) {
      failures.add("the browsers came back in a burst");
    }
    if (returns.lastMillis() > LAST_MILLIS) {
      failures.add("a browser took over " + LAST_MILLIS + " ms to come back");
    }
    return new Observed(lines, failures);
  }
}
