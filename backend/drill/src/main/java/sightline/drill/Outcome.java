package sightline.drill;

import java.util.ArrayList;
import java.util.List;

/**
 * What a drill showed. Immutable.
 *
 * @param acknowledgedRate events a second, sent and acknowledged outside of outages
 * @param exitCode of the stop by SIGTERM at the end
 */
record Outcome(Plan plan, List<Kill> kills, Counts counts, double acknowledgedRate, int exitCode) {
  private static final double LEAST_OF_PLAN = 0.9;

  Outcome {
    kills = List.copyOf(kills);
  }

  long countedKills() {
    return kills.stream().filter(Kill::counts).count();
  }

  /** A percentile (0 to 1) of the recoveries in nanoseconds, 0 where there was none. */
  long recoveredNanos(double percentile) {
    long[] sorted =
        kills.stream().flatMapToLong(kill -> kill.recoveredNanos().stream()).sorted().toArray();
    return sorted.length == 0
        ? 0
        : sorted[Math.max(0, (int) Math.ceil(percentile * sorted.length) - 1)];
  }

  /** Why it is no success; empty where it is one. */
  List<String> failures() {
    List<String> failures = new ArrayList<>();
    if (!counts.clean()) {
      failures.add("the promise was broken, or nothing was promised");
    }
    if (countedKills() < plan.kills()) {
      failures.add("only " + countedKills() + " kills had an event under way");
    }
    if (acknowledgedRate < LEAST_OF_PLAN * plan.rate()) {
      failures.add("less than 90 % of the planned rate was acknowledged outside of outages");
    }
    if (recoveredNanos(0.95) > plan.recoveredWithin().toNanos()) {
      failures.add("it took over " + plan.recoveredWithin().toMillis() + " ms to be live again");
    }
    if (exitCode != 0) {
      failures.add("the stop at the end gave exit code " + exitCode);
    }
    return failures;
  }
}
