package sightline.gateway;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import sightline.history.EventLog;
import sightline.history.EventQuery;
import sightline.history.HistoryUnavailable;
import sightline.history.OpenAlarm;
import sightline.protocol.DeviceEvent;
import sightline.protocol.EventKey;
import sightline.protocol.LogEntry;

/** The real log with a switch that takes it away or shortens it, and a count of its reads. */
final class BreakableLog implements EventLog {
  private final EventLog log;
  volatile boolean away;

  /** Questions wait until it is counted down, or nobody waits for their answer. */
  volatile CountDownLatch held = new CountDownLatch(0);

  /** Questions that wait now. */
  final AtomicInteger waiting = new AtomicInteger();

  /** What the log ends with, as after a restore. */
  volatile long endsWith = Long.MAX_VALUE;

  /** What it is short of, as after a restore that left a hole. */
  volatile int hole;

  final AtomicInteger reads = new AtomicInteger();

  BreakableLog(EventLog log) {
    this.log = log;
  }

  private EventLog log() {
    if (away) {
      throw new HistoryUnavailable("the test took history away", new IllegalStateException());
    }
    return log;
  }

  @Override
  public List<Appended> append(long token, List<DeviceEvent> events) {
    return log().append(token, events);
  }

  @Override
  public LogEntry.@Nullable Acknowledged acknowledge(
      EventKey key, String by, long time, @Nullable String note) {
    return log().acknowledge(key, by, time, note);
  }

  @Override
  public List<LogEntry> after(long seq, int limit) {
    reads.incrementAndGet();
    return log().after(seq, limit).stream().skip(hole).toList();
  }

  private void await() {
    waiting.incrementAndGet();
    try {
      held.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HistoryUnavailable("interrupted", e);
    } finally {
      waiting.decrementAndGet();
    }
  }

  @Override
  public List<Stored> query(EventQuery query) {
    await();
    return log().query(query);
  }

  @Override
  public @Nullable Stored find(EventKey key) {
    return log().find(key);
  }

  @Override
  public List<OpenAlarm> openAlarms(long afterSeq, int limit) {
    return log().openAlarms(afterSeq, limit);
  }

  @Override
  public List<LogEntry> within(long from, long afterSeq, long to, int limit) {
    return log().within(from, afterSeq, to, limit);
  }

  @Override
  public List<DeviceEvent> openCriticalAt(long millis, int limit) {
    await();
    return log().openCriticalAt(millis, limit);
  }

  @Override
  public long newest() {
    return Math.min(endsWith, log().newest());
  }

  @Override
  public long fence() {
    return log().fence();
  }

  @Override
  public long retainedSince() {
    return log().retainedSince();
  }

  @Override
  public void retainedSince(long millis) {
    log().retainedSince(millis);
  }

  @Override
  public long oldestDay() {
    return log().oldestDay();
  }

  @Override
  public long countBefore(long millis) {
    return log().countBefore(millis);
  }

  @Override
  public int retain(long sinceMillis, int limit) {
    return log().retain(sinceMillis, limit);
  }

  @Override
  public void close() {
    log.close();
  }
}
