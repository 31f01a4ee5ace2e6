package sightline.drill;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * 5 of 50 browsers stop reading, three times; the others must not notice, the gateways must not
 * keep it, and the 5 must be whole again. Owned by the thread that drills.
 */
final class SlowBrowsers extends WatchedSite {
  private static final int ALL = 50;
  private static final int EVERY = 10;
  private static final int ROUNDS = 3;
  private static final long PHASE_MILLIS = 6_000;
  private static final Duration WHOLE = Duration.ofSeconds(10);
  private static final double MORE = 1.1;
  private static final long MOST_GROWTH_MIB = 128;

  SlowBrowsers(StackProcess stack, Plan plan, RandomGenerator random) throws IOException {
    super(stack, plan, random, ALL, plan.fleet(), null);
  }

  private List<RawBrowser> some(boolean slow) {
    List<RawBrowser> all = browsers();
    List<RawBrowser> some = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      if ((i % EVERY == 0) == slow) {
        some.add(all.get(i));
      }
    }
    return some;
  }

  @Override
  public void strike() throws IOException, InterruptedException {
    List<Integer> before = new ArrayList<>();
    List<Integer> during = new ArrayList<>();
    long resident = Resident.mebibytes(stack().parts().of("gateway"));
    long most = resident;
    long slowest = 0;
    for (int round = 0; round < ROUNDS; round++) {
      before.add(p99());
      some(true).forEach(browser -> browser.pause(true));
      during.add(p99());
      most = Math.max(most, Resident.mebibytes(stack().parts().of("gateway")));
      some(true).forEach(browser -> browser.pause(false));
      slowest = Math.max(slowest, untilWhole());
    }
    judge(before, during);
    notes.line(
        "the gateways held %d MiB before and %d MiB at most with 5 that did not read"
            .formatted(resident, most));
    if (most - resident > MOST_GROWTH_MIB) {
      notes.failure("the gateways grew by more than " + MOST_GROWTH_MIB + " MiB");
    }
    notes.line(
        "the 5 were whole again within %s of reading; connections of theirs that ended: %s"
            .formatted(
                Freshness.seconds(slowest),
                some(true).stream().flatMap(browser -> browser.endings().stream()).toList()));
  }

  private int p99() throws InterruptedException {
    some(false).forEach(browser -> browser.shown().takeAges());
    Thread.sleep(PHASE_MILLIS);
    Ages ages = new Ages();
    some(false).forEach(browser -> ages.add(browser.shown().takeAges()));
    if (ages.count() == 0) {
      notes.failure("no position came: there is no simulated fleet");
    }
    return ages.percentile(0.99);
  }

  private void judge(List<Integer> before, List<Integer> during) {
    double usual = before.stream().mapToInt(each -> each).average().orElse(0);
    double with = during.stream().mapToInt(each -> each).average().orElse(0);
    int noise =
        before.stream().mapToInt(each -> each).max().orElse(0)
            - before.stream().mapToInt(each -> each).min().orElse(0);
    notes.line(
        "age on arrival at the other 45, p99: %s ms while all read, %s ms while 5 did not; noise %d ms"
            .formatted(before, during, noise));
    if (with > usual * MORE + Math.max(1, noise)) {
      notes.failure("the other 45 noticed: over 10 % and the noise more");
    }
  }

  private long untilWhole() throws InterruptedException {
    long from = System.nanoTime();
    Map<String, Long> picture = some(false).getFirst().shown().newest();
    if (!Crowd.reached(
        WHOLE, () -> some(true).stream().allMatch(browser -> browser.shown().reaches(picture)))) {
      notes.failure("not all of the 5 were whole again within 10 s");
    }
    return System.nanoTime() - from;
  }

  @Override
  public Observed observed() {
    List<EventId> expected = some(false).getFirst().recorded();
    for (RawBrowser browser : some(true)) {
      List<EventId> events = browser.recorded();
      if (!events.equals(expected) || new HashSet<>(events).size() != events.size()) {
        notes.failure(
            "one of the 5 shows %d events and another browser %d, or not in the same order"
                .formatted(events.size(), expected.size()));
      }
    }
    notes.line(
        "each of the 5 shows %d events, once and in order, as another".formatted(expected.size()));
    return notes.observed();
  }

  @Override
  public void release() {
    if (begun()) {
      browsers().forEach(browser -> browser.pause(false));
    }
  }
}
