package sightline.gateway;

import java.util.List;
import org.jspecify.annotations.Nullable;
import sightline.history.PositionStore;
import sightline.protocol.Order;
import sightline.protocol.Position;

/**
 * A track read in pages, so that a long one is never in memory as a whole. One thread at a time;
 * each page blocks.
 */
final class TrackPages {
  /** Positions of one read; about 64 KiB of JSON. */
  static final int PAGE = 500;

  /** No limit. */
  static final long ALL = Long.MAX_VALUE;

  private final PositionStore store;
  private final Wanted wanted;
  private Order last;
  private long left;
  private boolean ended;

  /**
   * Which positions.
   *
   * @param after those after this order
   * @param to those before this time, epoch ms
   * @param everyMillis the first of each such span; 0 is all
   * @param limit at most this many
   */
  record Wanted(String device, Order after, long to, long everyMillis, long limit) {}

  TrackPages(PositionStore store, Wanted wanted) {
    this.store = store;
    this.wanted = wanted;
    last = wanted.after();
    left = wanted.limit();
  }

  /** The next positions; empty at the end. */
  List<Position> next() {
    if (ended || left == 0) {
      return List.of();
    }
    int most = (int) Math.min(PAGE, left);
    List<Position> page = read(most);
    left -= left == ALL ? 0 : page.size();
    ended = page.size() < most;
    if (!page.isEmpty()) {
      last = page.getLast().order();
    }
    return page;
  }

  /** Once all are read: the last one given, where the limit cut the rest off; else null. */
  @Nullable Order cutAfter() {
    return ended || left > 0 || read(1).isEmpty() ? null : last;
  }

  private List<Position> read(int most) {
    Order after = last.equals(wanted.after()) ? last : beyond(last);
    List<Position> page =
        store.track(wanted.device(), after, wanted.to(), wanted.everyMillis(), most);
    if (!page.isEmpty() && !page.getFirst().order().isAfter(after)) {
      throw new IllegalStateException("a page of a track got no further than " + after);
    }
    return page;
  }

  /** Where the next page begins: of a thinned track, with the span after that of the last one. */
  private Order beyond(Order given) {
    long every = wanted.everyMillis();
    return every == 0 ? given : Order.before((Math.floorDiv(given.millis(), every) + 1) * every);
  }
}
