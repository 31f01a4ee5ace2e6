package sightline.drill;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Devices and browsers behind a network that is late, drips, falls silent and cuts. Owned by the
 * thread that drills.
 */
final class BadNetwork extends StackSite {
  private static final int WATCHERS = 6;
  private static final long LASTS_MILLIS = 6_000;
  private static final Duration WHOLE = Duration.ofSeconds(15);
  private static final Duration STALE = Duration.ofSeconds(6);
  private static final long BOUND_NANOS = 2_000_000_000L;

  /** Longer than the 1.9 s after which a picture is stale, and than the 6 s of a new connection. */
  private static final long SILENT_MILLIS = 8_000;

  private final String fleet;
  private final List<String> failures = new ArrayList<>();
  private final List<String> lines = new ArrayList<>();
  private @Nullable FaultProxy devices;
  private @Nullable FaultProxy browsers;
  private @Nullable Crowd crowd;

  BadNetwork(StackProcess stack, Plan plan, RandomGenerator random) throws IOException {
    super(stack, plan.fault(), random);
    fleet = plan.fleet();
    lines.add(
        "loss of packets: not done here (tc netem needs a network of its own, and the stack is on loopback)");
  }

  @Override
  public Endpoints start() throws IOException {
    Endpoints real = super.start();
    devices = new FaultProxy(real.mqtt().getPort());
    browsers = new FaultProxy(real.http().getPort());
    return new Endpoints(
        real.pid(),
        URI.create("https://localhost:" + browsers.port()),
        URI.create("mqtt://127.0.0.1:" + devices.port()));
  }

  @Override
  public void begin(Scene scene) throws IOException, InterruptedException {
    URI live = URI.create("wss://localhost:" + Objects.requireNonNull(browsers).port() + "/live");
    crowd = Crowd.throughNginx(live, client().sslContext(), WATCHERS, fleet);
    crowd.awaitPictures();
  }

  @Override
  public void aim() {
    // It is the same links each time.
  }

  @Override
  public void strike() throws IOException, InterruptedException {
    under(FaultProxy.Weather.LATE, "each read of up to 16 KiB 200 ms late, so narrow too");
    under(FaultProxy.Weather.DRIP, "one byte at a time");
    cut();
    silence();
  }

  private List<RawBrowser> watchers() {
    return Objects.requireNonNull(crowd).all();
  }

  private void weather(FaultProxy.Weather weather) {
    Objects.requireNonNull(devices).weather(weather);
    Objects.requireNonNull(browsers).weather(weather);
  }

  private void under(FaultProxy.Weather weather, String what) throws InterruptedException {
    watchers().forEach(watcher -> watcher.shown().takeAges());
    weather(weather);
    Thread.sleep(LASTS_MILLIS);
    Ages ages = new Ages();
    watchers().forEach(watcher -> ages.add(watcher.shown().takeAges()));
    weather(FaultProxy.Weather.CLEAR);
    lines.add(
        "%s, for %d s: age on arrival p50 %d ms, p99 %d ms; whole %s later"
            .formatted(
                what,
                LASTS_MILLIS / 1_000,
                ages.percentile(0.5),
                ages.percentile(0.99),
                Freshness.seconds(untilWhole())));
  }

  private void cut() throws IOException, InterruptedException {
    Objects.requireNonNull(devices).cut();
    Objects.requireNonNull(browsers).cut();
    long from = System.nanoTime();
    Crowd.reached(STALE, () -> watchers().stream().noneMatch(RawBrowser::hasPicture));
    lines.add(
        "every connection cut: whole %s later"
            .formatted(Freshness.seconds(System.nanoTime() - from + untilWhole())));
  }

  private void silence() throws InterruptedException {
    weather(FaultProxy.Weather.SILENT);
    long from = System.nanoTime();
    boolean stale =
        Crowd.reached(
            STALE,
            () ->
                watchers().stream()
                    .allMatch(watcher -> "link".equals(watcher.stale(System.nanoTime()))));
    long nanos = System.nanoTime() - from;
    if (!stale || nanos > BOUND_NANOS) {
      failures.add("a dead link did not show as stale within 2 s");
    }
    Thread.sleep(SILENT_MILLIS - nanos / 1_000_000);
    weather(FaultProxy.Weather.CLEAR);
    lines.add(
        "silent without a word for %d s: stale, link, after %s; whole %s after it went on"
            .formatted(
                SILENT_MILLIS / 1_000, Freshness.seconds(nanos), Freshness.seconds(untilWhole())));
  }

  /** Until every watcher has a picture no older than what any of them shows now. */
  private long untilWhole() throws InterruptedException {
    long from = System.nanoTime();
    Map<String, Long> picture = watchers().getFirst().shown().newest();
    for (RawBrowser watcher : watchers()) {
      watcher.shown().newest().forEach((id, millis) -> picture.merge(id, millis, Math::max));
    }
    if (!Crowd.reached(
        WHOLE,
        () ->
            watchers().stream()
                .allMatch(
                    watcher ->
                        watcher.hasPicture()
                            && watcher.stale(System.nanoTime()) == null
                            && watcher.shown().reaches(picture)))) {
      failures.add("not every browser was whole again within 15 s");
    }
    return System.nanoTime() - from;
  }

  @Override
  public Observed observed() {
    return new Observed(lines, failures);
  }

  @Override
  public void release() {
    if (devices != null && browsers != null) {
      weather(FaultProxy.Weather.CLEAR);
    }
  }

  @Override
  public void awaitBack() {
    // Nothing was away.
  }

  @Override
  public void close() throws IOException {
    if (crowd != null) {
      crowd.close();
    }
    super.close();
    if (devices != null) {
      devices.close();
    }
    if (browsers != null) {
      browsers.close();
    }
  }
}
