package sightline.gateway;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import sightline.history.EventLog;
import sightline.history.PositionStore;
import sightline.protocol.DeviceEvent;
import sightline.protocol.LogEntry;
import sightline.protocol.Position;

/**
 * Reads history for a replay in slices of bounded size, each a little ahead of what is shown. Owned
 * by the replay's thread; every read blocks.
 */
final class Past {
  private static final double AHEAD_SECONDS = 2;
  private static final int ALARMS = 1_000;

  private final PositionStore positions;
  private final EventLog log;
  private final ReplaySettings settings;
  private List<Position> slice = List.of();
  private int nextPosition;
  private long sliceEnd;
  private List<LogEntry> entries = List.of();
  private int nextEntry;
  private long entriesEnd;
  private long spanMillis = Long.MAX_VALUE;

  Past(PositionStore positions, EventLog log, ReplaySettings settings) {
    this.positions = positions;
    this.log = log;
    this.settings = settings;
  }

  /** Goes on from a moment; what was read ahead is forgotten. */
  void goTo(long millis) {
    slice = List.of();
    nextPosition = 0;
    sliceEnd = millis;
    entries = List.of();
    nextEntry = 0;
    entriesEnd = millis;
    spanMillis = Long.MAX_VALUE;
  }

  /** The newest position of each device before a moment. */
  List<Position> picture(long millis) {
    Duration lookBack = settings.lookBack();
    return positions.newestWithin(millis - lookBack.toMillis(), millis);
  }

  /** The newest critical events that were open at a moment, oldest first. */
  List<DeviceEvent> openAlarms(long millis) {
    return log.openCriticalAt(millis, ALARMS).reversed();
  }

  /**
   * The next position before a moment, or null where there is none; in order of time.
   *
   * @param speed times real time: of positions closer than a frame of it only the newest is given
   * @param end nothing at or after it is read
   */
  @Nullable Position nextPosition(long before, double speed, long end) {
    while (nextPosition == slice.size() && sliceEnd < Math.min(before, end)) {
      readPositions(speed, end);
    }
    if (nextPosition < slice.size() && slice.get(nextPosition).order().millis() < before) {
      return slice.get(nextPosition++);
    }
    return null;
  }

  private void readPositions(double speed, long end) {
    long every = Math.max(1, (long) (settings.frame().toMillis() * speed));
    long most = Math.max(every, (long) (speed * AHEAD_SECONDS * 1_000));
    long span = Math.max(every, Math.min(spanMillis, most));
    while (true) {
      long to = Math.min(end, sliceEnd + span);
      int limit = settings.sliceRows();
      List<Position> read = positions.lastOfSpans(sliceEnd, to, every, limit);
      if (read.size() < limit || span == 1) {
        slice = read;
        nextPosition = 0;
        sliceEnd = to;
        spanMillis = read.size() * 2 < limit ? span * 2 : span;
        return;
      }
      span = Math.max(1, span / 2);
    }
  }

  /** The next entry of the log before a moment, or null where there is none. */
  @Nullable LogEntry nextEntry(long before, double speed, long end) {
    while (nextEntry == entries.size() && entriesEnd < Math.min(before, end)) {
      readEntries(speed, end);
    }
    if (nextEntry < entries.size() && moment(entries.get(nextEntry)) < before) {
      return entries.get(nextEntry++);
    }
    return null;
  }

  private void readEntries(double speed, long end) {
    int limit = settings.sliceRows();
    boolean within = !entries.isEmpty() && moment(entries.getLast()) >= entriesEnd;
    long from = entriesEnd;
    long afterSeq = within ? entries.getLast().seq() : 0;
    long to = Math.min(end, Math.max(from + 1, from + (long) (speed * AHEAD_SECONDS * 1_000)));
    List<LogEntry> read = log.within(from, afterSeq, to, limit);
    entries = read;
    nextEntry = 0;
    entriesEnd = read.size() == limit ? moment(read.getLast()) : to;
  }

  /** When an entry came to be, epoch ms. */
  static long moment(LogEntry entry) {
    return switch (entry) {
      case LogEntry.Recorded recorded -> recorded.event().received();
      case LogEntry.Acknowledged acknowledged -> acknowledged.time();
    };
  }
}
