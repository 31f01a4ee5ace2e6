package sightline.drill;

import java.io.IOException;
import java.io.PrintStream;
import java.net.http.HttpClient;
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

/**
 * Devices send and browsers watch while the whole process is killed and started again, and at the
 * end every event is looked for everywhere. Owned by the thread that runs it.
 */
final class Drill implements AutoCloseable {
  private static final Duration WHOLE = Duration.ofMinutes(2);
  private static final Duration SETTLE = Duration.ofSeconds(30);
  private static final Duration UNDER_WAY = Duration.ofSeconds(20);
  private static final long POLL_MILLIS = 10;
  private static final long MIN_DWELL_MILLIS = 300;
  private static final long MAX_DWELL_MILLIS = 2_500;
  private static final double WHILE_RECOVERING = 0.25;
  private static final int TRIES = 3;

  private final Plan plan;
  private final PrintStream progress;
  private final UpProcess up;
  private final SplittableRandom random;
  private final Ledger ledger = new Ledger();
  private final Uptime uptime = new Uptime();
  private final Freshness freshness = new Freshness();
  private final List<Kill> kills = new ArrayList<>();
  private final List<Browser> browsers = new ArrayList<>();
  private final HttpClient client = HttpClient.newHttpClient();
  private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);

  Drill(Plan plan, Program program, PrintStream progress) {
    this.plan = plan;
    this.progress = progress;
    up = new UpProcess(program, plan.folder().resolve("up"), Map.of());
    random = new SplittableRandom(plan.seed());
  }

  /** Runs it to its end. */
  Outcome run() throws IOException, InterruptedException, SQLException {
    Endpoints endpoints = up.start();
    EventApi api = new EventApi(client, endpoints.http());
    try (DrillFleet fleet = new DrillFleet(plan, endpoints.mqtt(), ledger)) {
      watch(endpoints, api);
      fleet.connect();
      await("all are connected", WHOLE, () -> fleet.allOnline() && browsersHave(0));
      fleet.startSending();
      long wholeNanos = awaitWhole(fleet);
      for (int tries = 0; counted() < plan.kills() && tries < plan.kills() * TRIES; tries++) {
        boolean recovering = tries > 0 && random.nextDouble() < WHILE_RECOVERING;
        if (tries > 0) {
          wholeNanos = recovering ? 0 : awaitWhole(fleet);
        }
        kill(wholeNanos, recovering);
      }
      awaitWhole(fleet);
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
              "browser " + i, client, timer, jitter.split(), freshness, api, endpoints.live());
      browsers.add(browser);
      browser.open();
    }
  }

  /** Waits a random moment, kills once something is under way, and starts it again. */
  private void kill(long wholeNanos, boolean recovering) throws IOException, InterruptedException {
    Thread.sleep(random.nextLong(recovering ? 0 : MIN_DWELL_MILLIS, MAX_DWELL_MILLIS));
    await("an event is under way", UNDER_WAY, () -> ledger.waitingCount() > 0);
    if (recovering) {
      noteRecovery(OptionalLong.empty());
    }
    Set<EventId> underWay = ledger.waiting();
    long killedNanos = System.nanoTime();
    up.kill();
    int lostSight = ledger.stillWaiting(underWay);
    if (!recovering) {
      uptime.add(wholeNanos, killedNanos);
    }
    freshness.startedAgain(System.currentTimeMillis(), System.nanoTime());
    up.launch();
    kills.add(new Kill(lostSight, recovering, OptionalLong.empty(), OptionalLong.empty()));
    up.awaitReady();
    progress.printf(
        "kill %d of %d%s: %d events under way, ready again after %s%n",
        counted(),
        plan.kills(),
        recovering ? ", while recovering" : "",
        lostSight,
        Freshness.seconds(System.nanoTime() - killedNanos));
  }

  private void noteRecovery(OptionalLong wholeNanos) {
    if (!kills.isEmpty()) {
      kills.add(kills.removeLast().recovered(freshness.recovered(), wholeNanos));
    }
  }

  private int counted() {
    return (int) kills.stream().filter(Kill::counts).count();
  }

  private boolean browsersHave(int events) {
    return browsers.stream().allMatch(browser -> browser.has(events));
  }

  /** All connected, the backlog gone, and every browser shows what is new. */
  private long awaitWhole(DrillFleet fleet) throws InterruptedException {
    await(
        "all is whole",
        WHOLE,
        () ->
            fleet.allOnline()
                && ledger.waitingCount() < Math.max(2, plan.rate() / 4)
                && (kills.isEmpty() || freshness.recovered().isPresent())
                && browsers.stream().allMatch(Browser::isCurrent));
    long now = System.nanoTime();
    noteRecovery(OptionalLong.of(freshness.sinceStart(now)));
    return now;
  }

  private Outcome finish(EventApi api) throws IOException, InterruptedException, SQLException {
    List<Witness> witnesses = new ArrayList<>();
    witnesses.add(new Witness("api", api.all()));
    browsers.forEach(browser -> witnesses.add(browser.witness()));
    browsers.forEach(Browser::close);
    int exitCode = up.stop();
    witnesses.add(new Witness("events.db", HistoryFile.events(up.data())));
    Map<EventId, Ledger.Sent> sent = ledger.all();
    return new Outcome(
        plan, kills, Counts.of(sent, witnesses), uptime.acknowledgedRate(sent.values()), exitCode);
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
      if (!up.isAlive()) {
        throw new DrillStuck("`up` has ended by itself; its log is " + up.log());
      }
      if (System.nanoTime() - deadline > 0) {
        return false;
      }
      Thread.sleep(POLL_MILLIS);
    }
    return true;
  }

  @Override
  public void close() {
    browsers.forEach(Browser::close);
    timer.shutdownNow();
    client.shutdownNow();
    up.close();
  }
}
