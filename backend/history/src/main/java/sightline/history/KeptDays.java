package sightline.history;

import java.time.Duration;
import java.util.NavigableSet;

/**
 * The days (of UTC, since the epoch) whose positions are taken in. By the clock those are the days
 * of retention, today, and the next; besides, a day that is held, or follows one that is: when a
 * clock is wrong by a month, history is right, which {@link RetentionAllowance} keeps. Immutable.
 *
 * @param first the first by the clock
 * @param last the last by the clock
 * @param most how many days may be held before those by the clock alone count
 */
public record KeptDays(long first, long last, int most) {
  private static final Duration MOST_AHEAD = Duration.ofDays(1);
  private static final int SPARE_DAYS = 7;

  /** Those of a moment, epoch ms. */
  public static KeptDays at(long nowMillis, Duration retention) {
    long first = Days.of(nowMillis - retention.toMillis());
    long last = Days.of(nowMillis + MOST_AHEAD.toMillis());
    return new KeptDays(first, last, (int) (2 * (last - first) + SPARE_DAYS));
  }

  /** Whether a day's positions are taken in where these days are held. */
  public boolean takes(long day, NavigableSet<Long> held) {
    if (day > last) {
      return false;
    }
    return day >= first || (isHeld(day, held) && (held.contains(day) || held.size() < most));
  }

  /** Whether a day is held, or follows one that is. */
  public static boolean isHeld(long day, NavigableSet<Long> held) {
    return held.contains(day) || held.contains(day - 1);
  }
}
