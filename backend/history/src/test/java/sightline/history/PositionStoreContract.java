package sightline.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static sightline.history.Samples.MIDNIGHT;
import static sightline.history.Samples.position;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import sightline.history.PositionStore.Outcome;
import sightline.protocol.Order;
import sightline.protocol.Position;

/** What every position store must keep to, with a retention of 30 days. */
public abstract class PositionStoreContract {
  /** Noon after {@link Samples#MIDNIGHT}. */
  protected static final long NOW = MIDNIGHT + Duration.ofHours(12).toMillis();

  private static final long DAY = Duration.ofDays(1).toMillis();
  private static final int ALL = 1_000_000;

  private @Nullable PositionStore opened;

  /** Opens the store of this test; a second time, after a close, it holds what it held. */
  protected abstract PositionStore open(InstantSource clock);

  /** The store under test. */
  protected final PositionStore store() {
    return Objects.requireNonNull(opened);
  }

  /** Closes the store and opens it again. */
  protected final void reopen() {
    store().close();
    openStore();
  }

  @BeforeEach
  final void openStore() {
    opened = open(InstantSource.fixed(Instant.ofEpochMilli(NOW)));
  }

  @AfterEach
  final void closeStore() {
    store().close();
  }

  @Test
  void anEmptyStoreHasNothing() {
    assertEquals("", store().cursor());
    assertEquals(List.of(), store().newest());
    assertEquals(List.of(), store().track("dev-1", 0, Long.MAX_VALUE, 0, ALL));
    assertEquals(0, store().retain(NOW));
  }

  @Test
  void aPositionIsReadBackAsItWasStored() {
    List<Position> odd =
        List.of(
            position("dev-1", NOW, 0),
            new Position(
                "dev-1",
                new Order(NOW, 1),
                NOW + 9,
                5,
                true,
                -90,
                180,
                Double.NaN,
                Double.NaN,
                Double.NaN,
                Double.NaN),
            new Position("dev-1", new Order(NOW, 2), 0, -1, true, 0, 0, 0, 0, 0, -430.5),
            new Position(
                "dev-1",
                new Order(NOW + 1, Long.MAX_VALUE),
                1,
                2,
                false,
                1e-9,
                89.9999999,
                359.9,
                0.1,
                3.25,
                8_848.9));

    assertEquals(new Outcome(4, 0, 0), store().store(odd, "c"));

    assertEquals(odd, track(0));
    reopen();
    assertEquals(odd, track(0));
  }

  @Test
  void aTrackIsInOrderWhateverTheOrderOfArrival() {
    store().store(List.of(position("dev-1", NOW, 2), position("dev-1", NOW - 5000, 0)), "a");
    store().store(List.of(position("dev-2", NOW, 0), position("dev-1", NOW, 1)), "b");

    assertEquals(
        List.of(
            position("dev-1", NOW - 5000, 0), position("dev-1", NOW, 1), position("dev-1", NOW, 2)),
        track(0));
  }

  @Test
  void aBatchThatIsStoredAgainChangesNothing() {
    List<Position> batch =
        List.of(
            position("dev-1", NOW, 0), position("dev-1", NOW - DAY, 0), position("dev-1", NOW, 0));
    assertEquals(new Outcome(2, 1, 0), store().store(batch, "a"));
    Position moved = new Position("dev-1", new Order(NOW, 0), 1, NOW, false, 1, 1, 1, 1, 1, 1);

    assertEquals(new Outcome(0, 3, 0), store().store(batch, "a"));
    assertEquals(new Outcome(0, 1, 0), store().store(List.of(moved), "b"));

    assertEquals(List.of(position("dev-1", NOW - DAY, 0), position("dev-1", NOW, 0)), track(0));
    assertEquals(List.of(position("dev-1", NOW, 0)), store().newest());
  }

  @Test
  void theCursorIsThatOfTheLastBatch() {
    store().store(List.of(position("dev-1", NOW, 0)), "epoch:1");
    assertEquals("epoch:1", store().cursor());

    store().store(List.of(), "epoch:2");
    assertEquals("epoch:2", store().cursor());
    reopen();
    assertEquals("epoch:2", store().cursor());
  }

  @Test
  void theNewestOfADeviceIsTheGreatestOrderAndNotTheLastToArrive() {
    store().store(List.of(position("dev-1", NOW, 5), position("dev-2", NOW - 2 * DAY, 0)), "a");
    store().store(List.of(position("dev-1", NOW - DAY, 9), position("dev-1", NOW, 4)), "b");
    store().store(List.of(position("dev-2", NOW - 2 * DAY, 1)), "c");

    List<Position> expected =
        List.of(position("dev-1", NOW, 5), position("dev-2", NOW - 2 * DAY, 1));
    assertEquals(expected, newest());
    reopen();
    assertEquals(expected, newest());
  }

  @Test
  void aTrackCrossesMidnightAndKeepsToItsSpanAndLimit() {
    List<Position> all = new ArrayList<>();
    for (long millis = MIDNIGHT - 3000; millis <= MIDNIGHT + 3000; millis += 1000) {
      all.add(position("dev-1", millis, 0));
    }
    store().store(all, "a");

    assertEquals(all, track(0));
    assertEquals(
        all.subList(1, 6), store().track("dev-1", MIDNIGHT - 2000, MIDNIGHT + 3000, 0, ALL));
    assertEquals(all.subList(0, 5), store().track("dev-1", 0, Long.MAX_VALUE, 0, 5));
    assertEquals(all.subList(3, 4), store().track("dev-1", MIDNIGHT, MIDNIGHT + 1, 0, ALL));
    assertEquals(List.of(), store().track("dev-1", MIDNIGHT, MIDNIGHT, 0, ALL));
    assertEquals(all, store().track("dev-1", Long.MIN_VALUE, Long.MAX_VALUE, 0, ALL));
  }

  /** P71: the cursor is the whole key. */
  @Test
  void pagesOfATrackGiveEveryPositionOnceAlsoOfOneMillisecond() {
    List<Position> all = new ArrayList<>();
    for (long millis : new long[] {MIDNIGHT - 1, MIDNIGHT, NOW}) {
      for (long seq : new long[] {0, 1, 7, Long.MAX_VALUE}) {
        all.add(position("dev-1", millis, seq));
      }
    }
    store().store(all, "a");

    for (int limit = 1; limit < 6; limit++) {
      List<Position> read = new ArrayList<>();
      Order after = Order.before(MIDNIGHT - 1);
      List<Position> page = store().track("dev-1", after, NOW + 1, 0, limit);
      while (!page.isEmpty()) {
        assertTrue(page.getFirst().order().isAfter(after), "no progress");
        read.addAll(page);
        after = page.getLast().order();
        page = store().track("dev-1", after, NOW + 1, 0, limit);
      }
      assertEquals(all, read, "in pages of " + limit);
    }
    assertEquals(
        all.subList(9, 10), store().track("dev-1", all.get(8).order(), NOW + 1, 86_400_000, 9));
  }

  @Test
  void everyKeepsTheFirstOfEachSpan() {
    List<Position> all = new ArrayList<>();
    for (long millis = MIDNIGHT - 5500; millis < MIDNIGHT + 30_000; millis += 500) {
      all.add(position("dev-1", millis, 0));
    }
    store().store(all, "a");

    assertEquals(
        List.of(MIDNIGHT - 5500, MIDNIGHT, MIDNIGHT + 10_000, MIDNIGHT + 20_000),
        millis(store().track("dev-1", 0, Long.MAX_VALUE, 10_000, ALL)));
    assertEquals(
        List.of(MIDNIGHT - 5500, MIDNIGHT),
        millis(store().track("dev-1", 0, Long.MAX_VALUE, 10_000, 2)));
    assertEquals(
        List.of(MIDNIGHT - 5500),
        millis(store().track("dev-1", 0, Long.MAX_VALUE, 36_500 * DAY, 2)));
    assertEquals(all, track(1));
  }

  @Test
  void everySpanOfAThinnedTrackBeginsWithTheFirstOfItsRows() {
    long from = MIDNIGHT - 30_500;
    long to = MIDNIGHT + 31_500;
    List<Position> all = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      // Gaps of up to half a minute, other devices between, two of one millisecond.
      long millis = MIDNIGHT - 40_000 + i * 200L + (i % 7) * 3_000L;
      all.add(position("dev-" + i % 2, millis, 0));
      all.add(position("dev-" + i % 2, millis, i));
    }
    store().store(all, "a");
    for (long every : new long[] {1, 250, 999, 5_000, 61_000}) {
      List<Position> expected = new ArrayList<>();
      for (Position each : store().track("dev-1", from, to, 0, ALL)) {
        if (expected.isEmpty()
            || expected.getLast().order().millis() / every != each.order().millis() / every) {
          expected.add(each);
        }
      }

      assertTrue(!expected.isEmpty());
      assertEquals(expected, store().track("dev-1", from, to, every, ALL), "every " + every);
    }
  }

  @Test
  void thePastOfAllIsTheLastOfEachDeviceInEachSpanInOrderOfTime() {
    store()
        .store(
            List.of(
                position("dev-2", NOW, 0),
                position("dev-1", NOW, 3),
                position("dev-1", NOW + 99, 7_000),
                position("dev-1", NOW + 99, 9_000),
                position("dev-1", NOW + 100, 0),
                position("dev-2", NOW + 250, 0),
                position("dev-3", NOW + 300, 0),
                position("dev-3", NOW - 1, 0)),
            "a");

    List<Position> expected =
        List.of(
            position("dev-2", NOW, 0),
            position("dev-1", NOW + 99, 9_000),
            position("dev-1", NOW + 100, 0),
            position("dev-2", NOW + 250, 0));
    assertEquals(expected, store().lastOfSpans(NOW, NOW + 300, 100, ALL));
    assertEquals(expected.subList(0, 2), store().lastOfSpans(NOW, NOW + 300, 100, 2));
    assertEquals(
        List.of(position("dev-1", NOW + 100, 0), position("dev-2", NOW + 250, 0)),
        store().lastOfSpans(NOW, NOW + 300, 1_000, ALL));
    assertEquals(List.of(), store().lastOfSpans(NOW, NOW, 100, ALL));
  }

  @Test
  void aSpanOfThePastThatCrossesMidnightKeepsItsLastPositionAlone() {
    store()
        .store(
            List.of(
                position("dev-1", MIDNIGHT - 10, 0),
                position("dev-1", MIDNIGHT + 10, 0),
                position("dev-2", MIDNIGHT - 10, 0)),
            "a");

    assertEquals(
        List.of(position("dev-2", MIDNIGHT - 10, 0), position("dev-1", MIDNIGHT + 10, 0)),
        store().lastOfSpans(MIDNIGHT - 50, MIDNIGHT + 50, 100, ALL));
    assertEquals(3, store().lastOfSpans(MIDNIGHT - 100, MIDNIGHT + 100, 100, ALL).size());
  }

  @Test
  void thePictureOfThePastIsTheNewestOfEachDeviceBeforeItsMoment() {
    store()
        .store(
            List.of(
                position("dev-1", MIDNIGHT - DAY, 0),
                position("dev-1", MIDNIGHT + 5, 1),
                position("dev-1", MIDNIGHT + 5, 2),
                position("dev-1", NOW, 0),
                position("dev-2", MIDNIGHT - 5, 0),
                position("dev-3", NOW, 0)),
            "a");

    assertEquals(
        List.of(position("dev-1", MIDNIGHT + 5, 2), position("dev-2", MIDNIGHT - 5, 0)),
        store().newestWithin(MIDNIGHT - 10, NOW));
    assertEquals(
        List.of(position("dev-1", MIDNIGHT - DAY, 0)),
        store().newestWithin(MIDNIGHT - 3 * DAY, MIDNIGHT - 5));
    assertEquals(List.of(), store().newestWithin(NOW, NOW));
  }

  @Test
  void itKnowsWhereRetentionIsAndWhatIsOld() {
    assertEquals(Long.MAX_VALUE, store().retainedSince());
    store().store(List.of(position("dev-1", NOW - 2 * DAY, 0), position("dev-1", NOW, 0)), "a");
    store().retainedSince(MIDNIGHT);
    reopen();

    assertEquals(MIDNIGHT, store().retainedSince());
    assertEquals(MIDNIGHT - 2 * DAY, store().oldestDay());
    assertEquals(1, store().countBefore(MIDNIGHT));
  }

  /** G15: what a start with a wrong clock left must not stand before what is right. */
  @Test
  void theNewestThatIsFurtherAheadThanAClockAllowsGivesWay() {
    Position ahead = position("dev-1", NOW + 9 * DAY, 0);
    store().close();
    try (PositionStore wrong = open(InstantSource.fixed(Instant.ofEpochMilli(NOW + 9 * DAY)))) {
      wrong.store(List.of(ahead), "a");
    }
    openStore();
    assertEquals(List.of(ahead), store().newest());

    store().store(List.of(position("dev-1", NOW, 0)), "b");

    assertEquals(List.of(position("dev-1", NOW, 0)), store().newest());
  }

  /** P13: our own clock may be the one that is wrong. */
  @Test
  void aPositionOfADayThatIsHeldIsStoredWhateverTheClockSays() {
    store().store(List.of(position("dev-1", NOW, 0)), "a");
    store().close();
    try (PositionStore wrong = open(InstantSource.fixed(Instant.ofEpochMilli(NOW + 60 * DAY)))) {
      List<Position> buffered =
          List.of(position("dev-1", NOW + 1, 0), position("dev-1", NOW - 9 * DAY, 0));
      assertEquals(new Outcome(1, 0, 1), wrong.store(buffered, "b"));
    }
    openStore();
  }

  @Test
  void retentionRemovesWholeDaysAndTheDevicesThatWereNotHeardSince() {
    store()
        .store(
            List.of(
                position("dev-1", MIDNIGHT - 2 * DAY, 0),
                position("dev-2", MIDNIGHT - DAY - 1, 0),
                position("dev-1", MIDNIGHT - 1, 0),
                position("dev-1", MIDNIGHT, 0)),
            "a");

    assertEquals(1, store().retain(MIDNIGHT - DAY));
    assertEquals(2, track(0).size());
    assertEquals(List.of(position("dev-1", MIDNIGHT, 0)), newest());
    assertEquals(0, store().retain(MIDNIGHT - 1));
    assertEquals(1, store().retain(NOW));
    reopen();
    assertEquals(List.of(position("dev-1", MIDNIGHT, 0)), track(0));
    assertEquals("a", store().cursor());
  }

  @Test
  void aPositionFromBeforeRetentionOrFarAheadIsRefusedAndTheRestIsStored() {
    Position nowhere =
        new Position("dev-1", new Order(NOW, 3), 1, 1, false, Double.NaN, 1, 1, 1, 1, 1);
    List<Position> batch =
        List.of(
            position("dev-1", 0, 0),
            position("dev-1", NOW - 32 * DAY, 0),
            position("dev-1", NOW - 29 * DAY, 0),
            position("dev-1", NOW + Duration.ofHours(1).toMillis(), 0),
            position("dev-1", NOW + 3 * DAY, 0),
            position("dev-1", 7_258_118_400_000L, 0),
            nowhere);

    assertEquals(new Outcome(2, 0, 5), store().store(batch, "a"));

    assertEquals(List.of(batch.get(2), batch.get(3)), track(0));
    assertEquals(List.of(batch.get(3)), newest());
    assertEquals("a", store().cursor());
  }

  @Test
  void aClosedStoreIsUnavailableAndMayBeClosedAgain() {
    store().close();
    store().close();

    assertThrows(HistoryUnavailable.class, () -> store().store(List.of(), "a"));
    assertThrows(HistoryUnavailable.class, () -> store().cursor());
  }

  private List<Position> track(long every) {
    return store().track("dev-1", 0, Long.MAX_VALUE, every, ALL);
  }

  private List<Position> newest() {
    return store().newest().stream().sorted(Comparator.comparing(Position::device)).toList();
  }

  private static List<Long> millis(List<Position> positions) {
    return positions.stream().map(each -> each.order().millis()).toList();
  }
}
