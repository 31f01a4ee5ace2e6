package sightline.drill;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a drill showed. Immutable.
 *
 * @param stale the longest that a browser was told that its picture is stale, ns, by reason
 * @param acknowledgedRate events a second, sent and acknowledged outside of outages
 * @param exitCode of the stop by SIGTERM at the end
 * @param observed what this fault showed beside
 */
record Outcome(
    Plan plan,
    List<Kill> kills,
    Counts counts,
    double acknowledgedRate,
    Map<String, Long> stale,
    int exitCode,
    Observed observed) {
  private static final double LEAST_OF_PLAN = 0.9;

  /** Named on the page, which goes on showing what is live. */
  private static final Set<String> GREY_NOTHING = Set.of("history", "recorder");

  /** In a planned restart. */
  private static final Duration LONGEST_STALE = Duration.ofSeconds(2);

  Outcome {
    kills = List.copyOf(kills);
    stale = Map.copyOf(stale);
  }

  long countedKills() {
    return kills.stream().filter(Kill::counts).count();
  }

  /** A percentile (0 to 1) of the recoveries in nanoseconds, 0 where there was none. */
  long recoveredNanos(double percentile) {
    return percentile(percentile, kills.stream().map(Kill::recoveredNanos));
  }

  /** The same of the times until every client was back with everything. */
  long wholeNanos(double percentile) {
    return percentile(percentile, kills.stream().map(Kill::wholeNanos));
  }

  private static long percentile(double percentile, Stream<OptionalLong> times) {
    long[] sorted = times.flatMapToLong(OptionalLong::stream).sorted().toArray();
    return sorted.length == 0
        ? 0
        : sorted[Math.max(0, (int) Math.ceil(percentile * sorted.length) - 1)];
  }

  private static List<String> staleFailure(String reason, long nanos) {
    return nanos <= LONGEST_STALE.toNanos() || GREY_NOTHING.contains(reason)
        ? List.of()
        : List.of("a picture was stale for " + Freshness.seconds(nanos) + " (" + reason + ")");
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
    if (wholeNanos(0.95) > plan.wholeWithin().toNanos()) {
      failures.add(
          "it took over "
              + plan.wholeWithin().toSeconds()
              + " s until every client had everything");
    }
    if (exitCode != 0) {
      failures.add("the stop at the end gave exit code " + exitCode);
    }
    if (plan.fault() == Fault.ROLL) {
      stale.forEach((reason, nanos) -> failures.addAll(staleFailure(reason, nanos)));
    }
    failures.addAll(observed.failures());
    return failures;
  }
}
