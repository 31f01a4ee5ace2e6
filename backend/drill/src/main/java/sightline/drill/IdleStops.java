package sightline.drill;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;

/**
 * Each part put to sleep while no device sends anything: what a browser says, and how soon. It is
 * done before the drill's load, which then shows that all came back. Owned by the thread that
 * drills.
 */
final class IdleStops extends StackSite {
  private static final int WATCHERS = 4;
  private static final Duration LONGEST = Duration.ofSeconds(6);
  private static final Duration FRESH = Duration.ofMinutes(1);
  private static final long REST_MILLIS = 1_500;
  private static final long BOUND_NANOS = 2_000_000_000L;

  private final StackProcess stack;
  private final List<String> failures = new ArrayList<>();
  private final List<String> lines = new ArrayList<>();

  /** A part and what must be said of it. */
  private record Case(String kind, String reason) {}

  private static final List<Case> CASES =
      List.of(
          new Case("mosquitto", "broker"),
          new Case("redis", "bus"),
          new Case("postgres", "history"),
          new Case("recorder", "recorder"),
          new Case("gateway", "link"),
          new Case("nginx", "link"),
          new Case("bridge", "bridge"));

  IdleStops(StackProcess stack, Plan plan, RandomGenerator random) throws IOException {
    super(stack, plan.fault(), random);
    this.stack = stack;
  }

  @Override
  public void begin(Scene scene) throws IOException, InterruptedException {
    List<StackParts.Part> fleet = stack.parts().of("simulator");
    fleet.forEach(part -> Signal.STOP.toAll(part.pid()));
    try (Crowd crowd =
        Crowd.throughNginx(start().live(), client().sslContext(), WATCHERS, "idle")) {
      crowd.awaitPictures();
      for (Case each : CASES) {
        sleep(each, crowd);
      }
    } finally {
      fleet.forEach(part -> Signal.CONT.toAll(part.pid()));
    }
  }

  private void sleep(Case each, Crowd crowd) throws IOException, InterruptedException {
    if (!Crowd.reached(FRESH, () -> crowd.all().stream().allMatch(IdleStops::isFresh))) {
      failures.add("not all was fresh before " + each.kind() + " was stopped");
    }
    Thread.sleep(REST_MILLIS);
    StackParts.Part part = one(each.kind());
    List<RawBrowser> concerned =
        crowd.all().stream()
            .filter(b -> !each.kind().equals("gateway") || b.server().equals(part.name()))
            .toList();
    long from = System.nanoTime();
    Signal.STOP.toAll(part.pid());
    boolean said;
    long nanos;
    List<String> reasons;
    try {
      said =
          Crowd.reached(
              LONGEST, () -> concerned.stream().allMatch(b -> reason(b).equals(each.reason())));
      nanos = System.nanoTime() - from;
      reasons = concerned.stream().map(IdleStops::reason).distinct().toList();
    } finally {
      Signal.CONT.toAll(part.pid());
    }
    lines.add(
        "%-10s asleep: stale, %-8s after %s at %d browsers"
            .formatted(
                each.kind(),
                String.join("|", reasons),
                Freshness.seconds(nanos),
                concerned.size()));
    if (!said || nanos > BOUND_NANOS || concerned.isEmpty()) {
      failures.add("%s asleep was not said as %s within 2 s".formatted(each.kind(), each.reason()));
    }
  }

  private static boolean isFresh(RawBrowser browser) {
    return browser.hasPicture() && reason(browser).isEmpty();
  }

  private static String reason(RawBrowser browser) {
    return Objects.requireNonNullElse(browser.stale(System.nanoTime()), "");
  }

  @Override
  public void aim() {
    // It was done before the load.
  }

  @Override
  public void strike() {
    // It was done before the load.
  }

  @Override
  public void release() {
    // Every part was let go at once.
  }

  @Override
  public Observed observed() {
    return new Observed(lines, failures);
  }
}
