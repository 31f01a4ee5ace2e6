package sightline.history;

import java.time.Duration;
import sightline.time.RoleClock;

/**
 * How far retention may go by itself: one day once the process has been up for {@link #FIRST}, and
 * one more for each 24 h of monotonic uptime. A wall clock that is wrong by a month can so destroy
 * one day, and nothing unless it stays wrong for that long; a larger step waits for a command.
 *
 * <p>The step is of where retention is, not of what is stored: what is stamped by a wrong clock
 * unlocks nothing. Where the clock says less than before, it goes back. Owned by the recorder.
 */
final class RetentionAllowance {
  /** A machine without a clock of its own has asked others by then. */
  static final Duration FIRST = Duration.ofMinutes(10);

  private final RoleClock clock;
  private final Retained store;
  private long spent;

  /** Of a store. */
  RetentionAllowance(RoleClock clock, Retained store) {
    this.clock = clock;
    this.store = store;
  }

  /**
   * Takes what is allowed of a step, and notes it in the store.
   *
   * @param wantedMillis what is older is past retention by the wall clock
   * @return what is older may be removed now, which is one day's at most; {@link Long#MIN_VALUE}
   *     for nothing
   */
  long take(long wantedMillis) {
    long wanted = Days.startOf(wantedMillis);
    long known = store.retainedSince();
    long oldest = store.oldestDay();
    long since = known == Long.MAX_VALUE ? oldest : known;
    if (wanted <= since && known != wanted) {
      store.retainedSince(wanted);
    }
    long next = Math.min(wanted, since == Long.MAX_VALUE ? wanted : since + Days.MILLIS);
    if ((wanted <= since && oldest >= wanted) || earned() <= spent) {
      return Long.MIN_VALUE;
    }
    if (known != next) {
      store.retainedSince(next);
    }
    spent = earned();
    return oldest >= next ? Long.MIN_VALUE : oldest + Days.MILLIS;
  }

  /**
   * How much is past retention by the wall clock and waits for a command, since it is more than the
   * next allowance has: days of positions, or events; 0 for none.
   */
  long waiting(long wantedMillis) {
    long wanted = Days.startOf(wantedMillis);
    long oldest = store.oldestDay();
    boolean larger = Math.min(store.retainedSince(), oldest) < wanted - Days.MILLIS;
    return larger && oldest < wanted ? store.countBefore(wanted) : 0;
  }

  /** Unused ones are not saved up: {@link #take} spends all. */
  private long earned() {
    long uptime = clock.uptimeMillis();
    return uptime < FIRST.toMillis() ? 0 : 1 + uptime / Days.MILLIS;
  }
}
