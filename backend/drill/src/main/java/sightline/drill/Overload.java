package sightline.drill;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Five times the planned load of positions beside the drill's events: 600 devices ten times a
 * second. Owned by the thread that drills.
 */
final class Overload extends WatchedSite {
  private static final int BROWSERS = 12;
  private static final long WARM_MILLIS = 8_000;
  private static final Duration LASTS = Duration.ofSeconds(25);
  private static final long SAMPLE_MILLIS = 250;
  private static final int OLDEST_MILLIS = 2_000;
  private static final long PART_OF_BEFORE = 5;
  private static final long LEAST_MIB = 64;

  private final String prefix;

  Overload(StackProcess stack, Plan plan, RandomGenerator random) throws IOException {
    super(stack, plan, random, BROWSERS, "none", null);
    prefix = "heavy-" + plan.seed() + "-";
  }

  @Override
  public void strike() throws IOException, InterruptedException {
    URI broker = start().mqtt();
    try (HeavyFleet fleet = new HeavyFleet(prefix, broker)) {
      fleet.start();
      Thread.sleep(WARM_MILLIS);
      List<RawBrowser> browsers = browsers();
      browsers.forEach(browser -> browser.shown().takeAges());
      long before = resident();
      long sent = fleet.sent();
      Ages ages = new Ages();
      long from = System.nanoTime();
      while (System.nanoTime() - from < LASTS.toNanos()) {
        Thread.sleep(SAMPLE_MILLIS);
        browsers.forEach(b -> b.shown().sample(prefix, System.currentTimeMillis(), ages));
      }
      double seconds = (System.nanoTime() - from) / 1e9;
      long rate = (long) ((fleet.sent() - sent) / seconds);
      judge(rate, ages, before, resident());
    }
  }

  private long resident() throws IOException {
    List<StackParts.Part> parts = new ArrayList<>(stack().parts().of("gateway"));
    parts.addAll(stack().parts().of("bridge"));
    parts.addAll(stack().parts().of("mosquitto"));
    return Resident.mebibytes(parts);
  }

  private void judge(long rate, Ages ages, long before, long after) {
    notes.line(
        "%d positions/s beside the simulated fleet's; age of what %d browsers show: p50 %d ms, p99 %d ms, of %d looks"
            .formatted(rate, BROWSERS, ages.percentile(0.5), ages.percentile(0.99), ages.count()));
    notes.line(
        "gateways, bridges and broker held %d MiB after 8 s and %d MiB at the end"
            .formatted(before, after));
    if (rate < HeavyFleet.RATE * 0.9) {
      notes.failure("less than 90 % of the load was sent");
    }
    if (ages.count() == 0 || ages.percentile(0.99) > OLDEST_MILLIS) {
      notes.failure("what is shown was over 2 s old, p99");
    }
    if (after > before + Math.max(before / PART_OF_BEFORE, LEAST_MIB)) {
      notes.failure("memory was not flat");
    }
  }
}
