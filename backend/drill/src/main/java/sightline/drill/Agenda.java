package sightline.drill;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The faults of one run, what is left of them, and how long that takes. Owned by the thread that
 * drills.
 */
final class Agenda {
  private final Done done;
  private final List<Plan> toDo = new ArrayList<>();
  private final List<Plan> skipped = new ArrayList<>();
  private int begun;
  private Duration expectedOfBegun = Duration.ZERO;
  private long startNanos;

  Agenda(List<Plan> plans, Done done) {
    this.done = done;
    plans.forEach(plan -> (done.has(plan) ? skipped : toDo).add(plan));
  }

  /** What is not done yet, in order. */
  List<Plan> toDo() {
    return List.copyOf(toDo);
  }

  /** What a run before this one did. */
  List<Plan> skipped() {
    return List.copyOf(skipped);
  }

  /** What is skipped, what is to come, and for how long. */
  String text() {
    StringBuilder text = new StringBuilder();
    for (Plan plan : skipped) {
      text.append(
          "%-16s was done before, and %s; --again does it once more%n"
              .formatted(plan.fault().word(), done.passed(plan) ? "passed" : "FAILED"));
    }
    for (Plan plan : toDo) {
      text.append(
          "%-16s %3d times, about %s%n"
              .formatted(plan.fault().word(), plan.kills(), minutes(Expected.of(plan))));
    }
    return text.append("%d faults, about %s%n".formatted(toDo.size(), minutes(left(0)))).toString();
  }

  /** The next one begins: which it is, and what is left by the pace up to now. */
  String next(long nowNanos) {
    if (begun == 0) {
      startNanos = nowNanos;
    }
    Duration left = left(begun);
    Duration ran = Duration.ofNanos(nowNanos - startNanos);
    if (!expectedOfBegun.isZero()) {
      double pace = ran.toMillis() / (double) expectedOfBegun.toMillis();
      left = Duration.ofMillis((long) (left.toMillis() * pace));
    }
    expectedOfBegun = expectedOfBegun.plus(Expected.of(toDo.get(begun)));
    begun++;
    return "%n[%d of %d, after %s; about %s to go]"
        .formatted(begun, toDo.size(), minutes(ran), minutes(left));
  }

  private Duration left(int from) {
    return toDo.stream().skip(from).map(Expected::of).reduce(Duration.ZERO, Duration::plus);
  }

  private static String minutes(Duration time) {
    return "%d:%02d min".formatted(time.toMinutes(), time.toSecondsPart());
  }
}
