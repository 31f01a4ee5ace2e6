package sightline.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static sightline.history.Samples.MIDNIGHT;
import static sightline.history.Samples.event;
import static sightline.history.Samples.position;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sightline.protocol.Position;
import sightline.time.RoleClock;

/**
 * What a clock may destroy (G15): a day's positions and a day's events for each start and each 24 h
 * of monotonic uptime, and nothing where it was wrong for a start or two.
 */
final class RetentionTest {
  private static final long DAY = Duration.ofDays(1).toMillis();
  private static final long NOON = MIDNIGHT + DAY / 2;
  private static final HistorySettings SETTINGS = HistorySettings.DEFAULT;

  @TempDir private Path directory;

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private long wall = NOON;
  private long uptime;
  private RoleClock clock = clock();
  private PositionStore positions;
  private EventLog log;
  private Retention retention;

  private RoleClock clock() {
    return RoleClock.of(
        () -> Instant.ofEpochMilli(wall), () -> Duration.ofMillis(uptime).toNanos());
  }

  @BeforeEach
  void start() {
    clock = clock();
    positions = SqlitePositionStore.open(directory, SETTINGS, clock);
    log = SqliteEventLog.open(directory, SETTINGS);
    retention = new Retention(positions, log, SETTINGS, clock, new RecorderMetrics(registry));
    stepAll();
  }

  /** Ends the process and starts another, with the wall clock at a time. */
  private void startAt(long millis) {
    close();
    wall = millis;
    start();
  }

  @AfterEach
  void close() {
    positions.close();
    log.close();
  }

  private void stepAll() {
    while (retention.step()) {}
  }

  /** Both clocks go on together, and retention runs each hour. */
  private void live(Duration time) {
    for (long hour = 0; hour < time.toHours(); hour++) {
      uptime += Duration.ofHours(1).toMillis();
      wall += Duration.ofHours(1).toMillis();
      stepAll();
    }
  }

  /** A position and an event for each day, at noon, the newest at {@code last}. */
  private void fill(long last, int days) {
    List<Position> batch = new ArrayList<>();
    for (int day = days - 1; day >= 0; day--) {
      long millis = last - day * DAY;
      batch.add(position("dev-1", millis, 0));
      log.append(1, List.of(event("dev-1", "e-" + millis, "alert", "info", millis)));
    }
    positions.store(batch, "c");
  }

  private int days() {
    return positions.track("dev-1", 0, Long.MAX_VALUE, 0, 10_000).size();
  }

  private int events() {
    return log.after(0, 10_000).size();
  }

  @Test
  void aStartWithAClockThatIsMonthsAheadRemovesNothingInBulkAndSaysWhatWaits() {
    fill(NOON, 30);
    startAt(NOON + 401 * DAY);
    live(Duration.ofHours(2));

    assertTrue(days() >= 29, days() + " days of positions");
    assertEquals(30, events(), "one day at most, and where retention is has no event");
    assertTrue(retention.daysWaiting() >= 29, retention.daysWaiting() + " days wait");
    assertEquals(1, registry.counter("sightline.recorder.retention.held").count());

    startAt(NOON + DAY / 4);
    assertEquals(0, retention.daysWaiting(), "the right clock asks for nothing");
    live(Duration.ofHours(30));
    assertTrue(days() >= 28, days() + " days of positions");
  }

  @Test
  void aNewSystemLosesNothingToAClockThatIsAhead() {
    fill(NOON, 1);
    for (int start = 1; start <= 10; start++) {
      startAt(NOON + 401 * DAY);
      live(Duration.ofHours(3));
    }
    assertEquals(1, days());
    assertEquals(1, events());
  }

  @Test
  void whatWasReceivedUnderAWrongClockUnlocksNothing() {
    fill(NOON, 30);
    startAt(NOON + 401 * DAY);
    fill(NOON + 401 * DAY, 1);
    live(Duration.ofHours(1));
    startAt(NOON + 401 * DAY);
    live(Duration.ofHours(1));

    assertTrue(days() >= 29, days() + " days of positions");
    assertEquals(31, events());
  }

  @Test
  void startsInQuickSuccessionRemoveNothing() {
    fill(NOON, 30);
    for (int start = 0; start < 50; start++) {
      startAt(NOON + 60 * DAY);
      uptime += Duration.ofMinutes(5).toMillis();
      stepAll();
    }
    assertEquals(30, days());
  }

  @Test
  void withARightClockADayGoesEachDayAndNothingWaits() {
    fill(NOON, 30);
    for (int day = 1; day <= 5; day++) {
      live(Duration.ofDays(1));
      positions.store(List.of(position("dev-1", wall, 0)), "c");
      assertEquals(0, retention.daysWaiting());
    }
    assertEquals(31, days(), "the days of retention and today");
  }

  @Test
  void aClockThatIsStepsAheadWhileItRunsRemovesADayIn24Hours() {
    fill(NOON, 30);
    live(Duration.ofHours(1));
    wall += 60 * DAY;
    live(Duration.ofHours(22));
    assertTrue(days() >= 29, days() + " days of positions");
    live(Duration.ofHours(24));
    assertTrue(days() >= 28, days() + " days of positions");
  }

  /** G15: a long read, or a store that is away, costs no day of its allowance. */
  @Test
  void whatTheStoreCouldNotRemoveAtOnceGoesTheNextTime() {
    FlakyPositionStore flaky = new FlakyPositionStore(positions);
    retention = new Retention(flaky, log, SETTINGS, clock, new RecorderMetrics(registry));
    fill(NOON, 30);
    for (int day = 1; day <= 8; day++) {
      flaky.busy(day == 4 || day == 5);
      live(Duration.ofDays(1));
      positions.store(List.of(position("dev-1", wall, 0)), "c");
    }
    assertEquals(0, retention.daysWaiting());
    assertEquals(31, days(), "the days of retention and today");
  }
}
