package sightline.drill;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import sightline.simulator.ReturningFleet;
import sightline.simulator.StockReturn;

/**
 * A fleet that was away comes back with all its positions at once, by the SDK and then as stock
 * devices: what is recorded, what is missed and who sees that, and how old the picture of others is
 * meanwhile. Owned by the thread that drills.
 */
final class FleetReturn extends WatchedSite {
  private static final int WATCHERS = 6;
  private static final int OLDEST_MILLIS = 2_000;
  private static final long SAMPLE_MILLIS = 250;

  /** History has to write so many a second at the least, beside a minute. */
  private static final int SLOWEST = 4_000;

  private final Path spools;
  private final int count;
  private final int positions;

  /**
   * Nothing is kept yet.
   *
   * @param count of each kind
   * @param positions of each
   */
  FleetReturn(StackProcess stack, Plan plan, RandomGenerator random, int count, int positions)
      throws IOException {
    super(stack, plan, random, WATCHERS, "none", new MovingUnits("beside-" + plan.seed() + "-"));
    spools = plan.folder().resolve("spools");
    this.count = count;
    this.positions = positions;
  }

  @Override
  public void strike() throws IOException, InterruptedException {
    withSdk();
    asStock();
  }

  private void withSdk() throws IOException, InterruptedException {
    try (ReturningFleet fleet = new ReturningFleet(start().mqtt(), count, positions, spools)) {
      fleet.keepAway();
      long from = System.nanoTime();
      fleet.comeBack();
      Ages ages = watchUntil(fleet::drained, fleet::recorded);
      double seconds = (System.nanoTime() - from) / 1e9;
      Map<String, Long> inHistory = inHistory(ReturningFleet.id(1));
      long recorded = inHistory.values().stream().mapToLong(Long::longValue).sum();
      Map<String, Long> missed = new HashMap<>(fleet.missed());
      inHistory.forEach(
          (id, has) -> {
            if (has != positions) {
              missed.put(id, positions - has);
            }
          });
      notes.line(
          "by the SDK: %d positions of %d units, %d recorded, %d missed, drained in %.1f s; %s"
              .formatted(
                  fleet.kept(), count, recorded, fleet.kept() - recorded, seconds, text(ages)));
      notes.require(recorded == fleet.kept() && missed.isEmpty(), "by the SDK missed: " + missed);
      judge("by the SDK", ages);
    }
  }

  private void asStock() throws IOException, InterruptedException {
    double droppedBefore = dropped();
    StockReturn fleet = new StockReturn(start().mqtt(), count, positions, StockReturn.RATE);
    long from = System.nanoTime();
    Thread sending = fleet.start();
    long all = (long) count * positions;
    LongSupplier dealtWith = () -> sum(inHistory(StockReturn.id(1)));
    Ages ages = watchUntil(() -> !sending.isAlive() && dealtWith.getAsLong() == all, dealtWith);
    double seconds = (System.nanoTime() - from) / 1e9;
    Map<String, Long> recorded = inHistory(StockReturn.id(1));
    double dropped = dropped() - droppedBefore;
    long told = 0;
    int unlike = 0;
    Map<String, Integer> refusals = new TreeMap<>();
    for (int unit = 1; unit <= count; unit++) {
      String id = StockReturn.id(unit);
      long said = missedOf(id, refusals);
      told += said;
      unlike += recorded.getOrDefault(id, 0L) + said == positions ? 0 : 1;
    }
    notes.line(
        "as stock devices: %d positions sent, %d recorded, %d missed, of which %d are counted at their units, at rest after %.1f s; %s"
            .formatted(
                fleet.sent(), sum(recorded), all - sum(recorded), told, seconds, text(ages)));
    long unsaid = sum(recorded) + told - all;
    notes.line("the broker says that it dropped %.0f messages meanwhile".formatted(dropped));
    refusals.forEach((reason, units) -> notes.line(units + " of the units say " + reason));
    notes.require(
        unsaid == 0 || dropped > 0,
        "%d positions are neither in history nor counted".formatted(-unsaid));
    notes.require(fleet.sent() == all, "the broker did not take all that stock devices sent");
    notes.require(unlike == 0, "of " + unlike + " stock devices it is not said what is missed");
    judge("as stock devices", ages);
  }

  private static long sum(Map<String, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Until it is done, or nothing comes any more; gives how old the others' markers were. */
  private Ages watchUntil(BooleanSupplier done, LongSupplier progress) throws InterruptedException {
    List<RawBrowser> browsers = browsers();
    Ages ages = new Ages();
    long reached = progress.getAsLong();
    long since = System.nanoTime();
    long deadline = since + Duration.ofSeconds(60 + (long) count * positions / SLOWEST).toNanos();
    for (int looks = 1; System.nanoTime() - deadline < 0; looks++) {
      Thread.sleep(SAMPLE_MILLIS);
      for (RawBrowser browser : browsers) {
        browser.shown().sample(moving().prefix(), System.currentTimeMillis(), ages);
      }
      // Counting in history costs it something.
      if (looks % 8 == 0) {
        if (done.getAsBoolean()) {
          break;
        }
        long now = progress.getAsLong();
        if (now != reached) {
          reached = now;
          since = System.nanoTime();
        } else if (System.nanoTime() - since > StockReturn.SETTLED.toNanos()) {
          break;
        }
      }
    }
    return ages;
  }

  private String text(Ages ages) {
    return "others' markers at %d browsers: p50 %d ms old, p99 %d ms"
        .formatted(WATCHERS, ages.percentile(0.5), ages.percentile(0.99));
  }

  private void judge(String how, Ages ages) {
    notes.require(
        ages.count() > 0 && ages.percentile(0.99) <= OLDEST_MILLIS,
        how + ": others' markers were over 2 s old, p99");
  }

  /** Positions in history, by unit, of those whose ids are as this one's with another number. */
  private Map<String, Long> inHistory(String first) {
    String ids = "^" + first.substring(0, first.length() - 1) + "[0-9]+$";
    Map<String, Long> counts = new HashMap<>();
    try (Connection connection = database();
        PreparedStatement query =
            connection.prepareStatement(
                "SELECT device, count(*) FROM positions WHERE device ~ ? GROUP BY device")) {
      query.setString(1, ids);
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          counts.put(rows.getString(1), rows.getLong(2));
        }
      }
      return counts;
    } catch (IOException | SQLException e) {
      throw new DrillStuck("history can't be asked: " + e.getMessage());
    }
  }

  /** Mosquitto may drop what is of QoS 0, and only it can count that. */
  private double dropped() throws IOException, InterruptedException {
    return stack().metric("probe", "sightline_broker_dropped_total");
  }

  /** What an operator is told at the unit; counts the units by the reason that they give. */
  private long missedOf(String id, Map<String, Integer> reasons)
      throws IOException, InterruptedException {
    JsonNode unit = unit(id);
    JsonNode refused = unit == null ? MissingNode.getInstance() : unit.path("refused");
    String reason = refused.path("reason").asText();
    if (!reason.isEmpty()) {
      reasons.merge(reason, 1, Integer::sum);
    }
    return reason.equals("overload") ? refused.path("count").asLong() : 0;
  }
}
