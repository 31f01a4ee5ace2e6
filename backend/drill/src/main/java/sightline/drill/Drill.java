package sightline.drill;

import java.io.IOException;
import java.io.PrintStream;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Devices send and browsers watch while a site is struck and comes back, again and again, and at
 * the end every event is looked for everywhere. Owned by the thread that runs it.
 */
final class Drill implements AutoCloseable {
  private static final Duration WHOLE = Duration.ofMinutes(2);
  private static final Duration SETTLE = Duration.ofSeconds(30);
  private static final Duration UNDER_WAY = Duration.ofSeconds(20);
  private static final long POLL_MILLIS = 10;
  private static final long MIN_DWELL_MILLIS = 300;
  private static final long MAX_DWELL_MILLIS = 2_000;

  /** A few faults have few times between; each must be long enough to tell the rate. */
  private static final int FEW = 5;

  private static final long RARE_DWELL_MILLIS = 8_000;

  private static final double WHILE_RECOVERING = 0.25;
  private static final int TRIES = 3;

  private final Plan plan;
  private final PrintStream progress;
  private final Site site;
  private final SplittableRandom random;
  private final Ledger ledger = new Ledger();
  private final Uptime uptime = new Uptime();
  private final Freshness freshness = new Freshness();
  private final List<Kill> kills = new ArrayList<>();
  private final List<Browser> browsers = new ArrayList<>();
  private @Nullable DrillFleet fleet;
  private final Staleness staleness = new Staleness();
  private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);

  /** Closes the site in the end. */
  Drill(Plan plan, Site site, PrintStream progress) {
    this.plan = plan;
    this.site = site;
    this.progress = progress;
    random = new SplittableRandom(plan.seed());
  }

  /** Runs it to its end. */
  Outcome run() throws IOException, InterruptedException, SQLException {
    Endpoints endpoints = site.start();
    EventApi api = new EventApi(site.client(), endpoints.http());
    try (DrillFleet fleet = new DrillFleet(plan, endpoints.mqtt(), ledger)) {
      this.fleet = fleet;
      watch(endpoints, api);
      fleet.connect();
      await("all are connected", WHOLE, () -> fleet.allOnline() && browsersHave(0));
      site.begin(new Scene(ledger, browsers));
      fleet.startSending();
      long wholeNanos = awaitWhole();
      for (int tries = 0; counted() < plan.kills() && tries < plan.kills() * TRIES; tries++) {
        boolean recovering = tries > 0 && strikesAgain() && random.nextDouble() < WHILE_RECOVERING;
        if (tries > 0) {
          wholeNanos = recovering ? 0 : awaitWhole();
        }
        kill(wholeNanos, recovering);
      }
      awaitWhole();
      fleet.stopSending();
      reached(SETTLE, () -> ledger.waitingCount() == 0);
      reached(SETTLE, () -> browsersHave(ledger.acknowledgedCount()));
      return finish(api);
    }
  }

  private void watch(Endpoints endpoints, EventApi api) {
    SplittableRandom jitter = new SplittableRandom(plan.seed() + 2);
    for (int i = 1; i <= plan.browsers(); i++) {
      Browser browser =
          new Browser(
              "browser " + i,
              site.client(),
              timer,
              jitter.split(),
              freshness,
              staleness,
              api,
              endpoints,
              plan.fleet());
      browsers.add(browser);
      browser.open();
    }
  }

  /** Whether a fault may come before all is whole after the one before. */
  private boolean strikesAgain() {
    return plan.fault().strikesAgain();
  }

  /** Waits a random moment, strikes once something is under way, and waits until it is back. */
  private void kill(long wholeNanos, boolean recovering) throws IOException, InterruptedException {
    long dwell = random.nextLong(recovering ? 0 : MIN_DWELL_MILLIS, MAX_DWELL_MILLIS);
    Thread.sleep(plan.kills() > FEW ? dwell : dwell + RARE_DWELL_MILLIS / plan.kills());
    site.aim();
    await("an event is under way", UNDER_WAY, () -> ledger.waitingCount() > 0);
    if (recovering) {
      noteRecovery(OptionalLong.empty());
    }
    Set<EventId> underWay = ledger.waiting();
    long struckNanos = System.nanoTime();
    site.strike();
    int lostSight = plan.fault().isInstant() ? ledger.stillWaiting(underWay) : nowWaiting();
    if (!recovering) {
      uptime.add(wholeNanos, struckNanos);
    }
    freshness.startedAgain(System.currentTimeMillis(), System.nanoTime());
    kills.add(new Kill(lostSight, recovering, OptionalLong.empty(), OptionalLong.empty()));
    hold();
    site.release();
    if (strikesAgain()) {
      site.awaitBack();
    } else {
      awaitBackAndWhole();
    }
    progress.printf(
        "%s %d of %d%s: %d events under way, back after %s%n",
        plan.fault().word(),
        counted(),
        plan.kills(),
        recovering ? ", while recovering" : "",
        lostSight,
        Freshness.seconds(System.nanoTime() - struckNanos));
  }

  /** Events under way in a fault that took its time; a moment later it has some. */
  private int nowWaiting() throws InterruptedException {
    boolean _ = reached(UNDER_WAY, () -> ledger.waitingCount() > 0);
    return ledger.waitingCount();
  }

  /** Lets the fault last; who takes over meanwhile must do so in time. */
  private void hold() throws IOException, InterruptedException {
    long until = System.nanoTime() + plan.holds().toNanos();
    if (plan.holds().isZero()) {
      if (site.hold()) {
        freshness.startedAgain(System.currentTimeMillis(), System.nanoTime());
      }
      return;
    }
    if (plan.fault().isTakenOver()) {
      long _ = awaitWhole();
    }
    Thread.sleep(Math.max(0, (until - System.nanoTime()) / 1_000_000));
    if (!plan.fault().isTakenOver()) {
      freshness.startedAgain(System.currentTimeMillis(), System.nanoTime());
    }
  }

  private void noteRecovery(OptionalLong wholeNanos) {
    if (!kills.isEmpty() && !kills.getLast().isWhole()) {
      kills.add(kills.removeLast().recovered(freshness.recovered(), wholeNanos));
    }
  }

  private boolean allOnline() {
    return fleet != null && fleet.allOnline();
  }

  private int counted() {
    return (int) kills.stream().filter(Kill::counts).count();
  }

  private boolean browsersHave(int events) {
    return browsers.stream().allMatch(browser -> browser.has(events));
  }

  /** All connected, the backlog gone, and every browser shows what is new. */
  private long awaitWhole() throws InterruptedException {
    await("all is whole", WHOLE, this::isWhole);
    long now = System.nanoTime();
    noteRecovery(OptionalLong.of(freshness.sinceStart(now)));
    return now;
  }

  /** Clients may have everything before each part is back, and may lose it to one that goes yet. */
  private void awaitBackAndWhole() throws IOException, InterruptedException {
    try (LastLack lack = new LastLack(timer, this::isWhole)) {
      site.awaitBack();
      await("all is whole", WHOLE, this::isWhole);
      noteRecovery(OptionalLong.of(freshness.sinceStart(lack.nanos())));
    }
  }

  private boolean isWhole() {
    return allOnline()
        && ledger.waitingCount() < Math.max(2, plan.rate() / 4)
        && !freshness.isAwaited()
        && browsers.stream().allMatch(Browser::isCurrent);
  }

  private Outcome finish(EventApi api) throws IOException, InterruptedException, SQLException {
    List<Witness> witnesses = new ArrayList<>();
    witnesses.add(new Witness("api", api.all(plan.fleet())));
    browsers.forEach(browser -> witnesses.add(browser.witness()));
    browsers.forEach(Browser::close);
    Observed observed = site.observed();
    int exitCode = site.stop();
    witnesses.add(new Witness("history", site.history(plan.fleet())));
    Map<EventId, Ledger.Sent> sent = ledger.all();
    return new Outcome(
        plan,
        kills,
        Counts.of(sent, witnesses),
        uptime.acknowledgedRate(sent.values()),
        staleness.longest(),
        exitCode,
        observed);
  }

  private void await(String what, Duration within, BooleanSupplier condition)
      throws InterruptedException {
    if (!reached(within, condition)) {
      throw new DrillStuck(
          "waited %d s until %s; %d events wait, and of %d browsers %d are current"
              .formatted(
                  within.toSeconds(),
                  what,
                  ledger.waitingCount(),
                  browsers.size(),
                  browsers.stream().filter(Browser::isCurrent).count()));
    }
  }

  private boolean reached(Duration within, BooleanSupplier condition) throws InterruptedException {
    long deadline = System.nanoTime() + within.toNanos();
    while (!condition.getAsBoolean()) {
      if (!site.ended().isEmpty()) {
        throw new DrillStuck(site.ended());
      }
      if (System.nanoTime() - deadline > 0) {
        return false;
      }
      Thread.sleep(POLL_MILLIS);
    }
    return true;
  }

  @Override
  public void close() throws IOException {
    browsers.forEach(Browser::close);
    timer.shutdownNow();
    site.close();
  }
}
