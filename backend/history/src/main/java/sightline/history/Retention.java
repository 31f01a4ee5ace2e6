package sightline.history;

import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sightline.time.RoleClock;

/**
 * Removes what is past retention, as far as its allowances go, and says what is left for a command.
 * Owned by the recorder's thread; what waits may be read by any.
 */
final class Retention {
  private static final Logger LOG = LoggerFactory.getLogger(Retention.class);
  private static final int STEP_EVENTS = 1_000;

  private final PositionStore positions;
  private final EventLog events;
  private final HistorySettings settings;
  private final RoleClock clock;
  private final RecorderMetrics metrics;
  private final RetentionAllowance positionDays;
  private final RetentionAllowance eventDays;

  /** Positions of days before it may go; the allowance for it is spent. */
  private long daysBefore = Long.MIN_VALUE;

  /** Events received before it may go; the allowance for it is spent. */
  private long eventsBefore = Long.MIN_VALUE;

  private boolean said;
  private volatile long daysWaiting;
  private volatile long eventsWaiting;

  Retention(
      PositionStore positions,
      EventLog events,
      HistorySettings settings,
      RoleClock clock,
      RecorderMetrics metrics) {
    this.positions = positions;
    this.events = events;
    this.settings = settings;
    this.clock = clock;
    this.metrics = metrics;
    positionDays = new RetentionAllowance(clock, positions);
    eventDays = new RetentionAllowance(clock, events);
  }

  long daysWaiting() {
    return daysWaiting;
  }

  long eventsWaiting() {
    return eventsWaiting;
  }

  /** Removes a piece; gives whether there may be more at once. */
  boolean step() {
    long now = clock.millis();
    long wantedDays = now - settings.positionsRetention().toMillis();
    long wantedEvents = now - settings.eventsRetention().toMillis();
    if (daysBefore == Long.MIN_VALUE) {
      daysBefore = positionDays.take(wantedDays);
    }
    if (daysBefore != Long.MIN_VALUE) {
      LOG.info("Retention removed {} day of positions", positions.retain(daysBefore));
      // A store gives way to long reads: what it could not have goes the next time.
      daysBefore = positions.oldestDay() < daysBefore ? daysBefore : Long.MIN_VALUE;
    }
    if (eventsBefore == Long.MIN_VALUE) {
      eventsBefore = eventDays.take(wantedEvents);
    }
    if (eventsBefore != Long.MIN_VALUE && events.retain(eventsBefore, STEP_EVENTS) == STEP_EVENTS) {
      return true;
    }
    eventsBefore = Long.MIN_VALUE;
    daysWaiting = positionDays.waiting(wantedDays);
    eventsWaiting = eventDays.waiting(wantedEvents);
    metrics.waiting(daysWaiting, eventsWaiting);
    say(now);
    return false;
  }

  private void say(long now) {
    boolean waits = daysWaiting > 0 || eventsWaiting > 0;
    if (waits && !said) {
      metrics.held();
      LOG.warn(
          "By this machine's clock it is {}, and {} days of positions and {} events are past"
              + " retention: more than a day's, so they are kept. Where the clock is right:"
              + " sightline retention --apply",
          Instant.ofEpochMilli(now),
          daysWaiting,
          eventsWaiting);
    }
    said = waits;
  }
}
