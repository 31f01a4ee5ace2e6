package sightline.bus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static sightline.bus.BusSamples.batch;
import static sightline.bus.BusSamples.positions;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import sightline.bus.PositionStream.Cursor;
import sightline.bus.PositionStream.Page;
import sightline.protocol.Position;

/** What {@link PositionStream} must keep to. */
public abstract class PositionStreamContract {
  /** The cap of the streams under test. */
  protected static final int CAP = 2_500;

  private @Nullable BusUnderTest opened;

  /** An empty bus whose stream drops the oldest positions over {@link #CAP}. */
  protected abstract BusUnderTest open();

  /** How many positions over its cap a stream may hold, where it trims in steps. */
  protected int slack() {
    return 0;
  }

  @BeforeEach
  final void openBus() {
    opened = open();
  }

  @AfterEach
  final void closeBus() {
    Objects.requireNonNull(opened).live().close();
  }

  private PositionStream stream() {
    return Objects.requireNonNull(opened).stream();
  }

  private void append(List<Position> positions) {
    Objects.requireNonNull(opened).live().round(batch(1), positions);
  }

  @Test
  void anEmptyStreamGivesAnEmptyPageThatGoesOnFromThere() {
    Page page = stream().read(Cursor.START, 10);

    assertEquals(List.of(), page.positions());
    assertEquals(0, page.missed());
    append(positions("dev-1", 0, 3));
    assertEquals(positions("dev-1", 0, 3), stream().read(page.end(), 10).positions());
  }

  @Test
  void pagesFollowOneAnotherInOrderOfArrival() {
    append(positions("dev-1", 100, 5));
    append(positions("dev-2", 0, 5));
    List<Position> all = new ArrayList<>(positions("dev-1", 100, 5));
    all.addAll(positions("dev-2", 0, 5));

    Page first = stream().read(Cursor.START, 4);
    Page second = stream().read(first.end(), 4);
    Page third = stream().read(second.end(), 4);
    Page fourth = stream().read(third.end(), 4);

    assertEquals(all.subList(0, 4), first.positions());
    assertEquals(all.subList(4, 8), second.positions());
    assertEquals(all.subList(8, 10), third.positions());
    assertEquals(List.of(), fourth.positions());
    assertEquals(third.end(), fourth.end());
    assertEquals(0, first.missed() + second.missed() + third.missed() + fourth.missed());
  }

  @Test
  void readingTakesNothingAwayAndTrimmingDoes() {
    append(positions("dev-1", 0, 10));
    Page page = stream().read(Cursor.START, 4);
    assertEquals(page, stream().read(Cursor.START, 4));
    assertEquals(10, stream().size());

    stream().trim(page.end());
    stream().trim(page.end());

    assertEquals(6, stream().size());
    assertEquals(positions("dev-1", 4, 6), stream().read(page.end(), 10).positions());
    Page again = stream().read(Cursor.START, 10);
    assertEquals(positions("dev-1", 4, 6), again.positions());
    assertEquals(0, again.missed(), "what was trimmed is stored, and not missed");
  }

  @Test
  void aCursorOfAnotherEpochMeansTheBeginning() {
    append(positions("dev-1", 0, 10));
    Cursor middle = stream().read(Cursor.START, 4).end();

    Page page = stream().read(new Cursor("other", middle.id()), 10);
    stream().trim(new Cursor("other", middle.id()));

    assertEquals(positions("dev-1", 0, 10), page.positions());
    assertEquals(0, page.missed());
    assertEquals(10, stream().size());
    assertEquals(positions("dev-1", 4, 6), stream().read(middle, 10).positions());
  }

  @Test
  void aRewriteOfHotStateUnderAnotherEpochLosesNoPosition() {
    append(positions("dev-1", 0, 3));
    Cursor end = stream().read(Cursor.START, 10).end();

    Objects.requireNonNull(opened)
        .hot()
        .rewrite(new HotState.Snapshot("f", 2, 0, List.of(), List.of()));

    assertEquals(positions("dev-1", 0, 3), stream().read(end, 10).positions());
  }

  @Test
  void overTheCapTheOldestAreDroppedAndCounted() {
    append(positions("dev-1", 0, 100));
    Cursor read = stream().read(Cursor.START, 100).end();
    stream().trim(read);
    int count = 4 * CAP;
    for (int i = 0; i < count; i += CAP / 5) {
      append(positions("dev-1", 100 + i, CAP / 5));
    }

    assertTrue(stream().size() >= CAP, "it holds what its cap allows");
    assertTrue(stream().size() <= CAP + slack(), "and not more");
    Page page = stream().read(read, Integer.MAX_VALUE);
    assertEquals(stream().size(), page.positions().size());
    assertEquals(count, page.missed() + page.positions().size());
    assertEquals(100 + count - 1, page.positions().getLast().order().millis());
    assertEquals(100 + page.missed(), page.positions().getFirst().order().millis());
    Page whole = stream().read(Cursor.START, 1);
    assertEquals(page.missed(), whole.missed());
    assertEquals(0, stream().read(page.end(), 10).missed());
  }

  @Test
  void aRoundSaysHowFarTheStreamIsAndWhatItDroppedUnstored() {
    LiveBus live = Objects.requireNonNull(opened).live();
    assertEquals(new StreamState(10, 0, 0, CAP), live.round(batch(1), positions("dev-1", 0, 10)));
    stream().trim(stream().read(Cursor.START, 4).end());
    assertEquals(new StreamState(10, 4, 0, CAP), live.round(batch(2), List.of()));

    StreamState full = live.round(batch(3), positions("dev-1", 10, CAP - 4));
    StreamState over = live.round(batch(4), positions("dev-1", 4_000, CAP));

    assertEquals(new StreamState(CAP + 6, 4, 0, CAP).appended(), full.appended());
    assertEquals(2L * CAP + 6, over.appended());
    assertEquals(CAP + 6L, over.dropped(), "all that this round pushed out");
    assertEquals(0, live.round(batch(5), List.of()).dropped());
  }

  @Test
  void aPageSaysHowMuchIsLeftAndUpToWhereADeviceWaits() {
    LiveBus live = Objects.requireNonNull(opened).live();
    live.round(batch(1), positions("dev-1", 0, 10));
    Page before = stream().read(Cursor.START, 4);
    live.round(batch(2), positions("dev-1", 10, 5), true);
    live.round(batch(3), positions("dev-1", 15, 5));
    Page after = stream().read(Cursor.START, 4);

    assertEquals(10, before.newest());
    assertEquals(0, before.awaited());
    assertEquals(20, after.newest());
    assertEquals(15, after.awaited());
    assertEquals(CAP, stream().cap());
  }

  @Test
  void aReaderThatKeepsUpMissesNothingHoweverLongTheStreamRuns() {
    Cursor cursor = Cursor.START;
    long next = 0;
    for (int i = 0; i < 20; i++) {
      append(positions("dev-1", i * 1_000L, 1_000));
      Page page = stream().read(cursor, 2_000);
      assertEquals(0, page.missed());
      assertEquals(positions("dev-1", next, 1_000), page.positions());
      next += 1_000;
      cursor = page.end();
      stream().trim(cursor);
      assertEquals(0, stream().size());
    }
  }
}
