package sightline.gateway;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import sightline.history.EventLog;
import sightline.history.EventQuery;
import sightline.history.ForwardingEventLog;
import sightline.history.HistoryUnavailable;
import sightline.protocol.DeviceEvent;
import sightline.protocol.LogEntry;

/** The real log with a switch that takes it away or shortens it, and a count of its reads. */
final class BreakableLog extends ForwardingEventLog {
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
    super(log);
  }

  @Override
  protected EventLog there() {
    if (away) {
      throw new HistoryUnavailable("the test took history away", new IllegalStateException());
    }
    return super.there();
  }

  @Override
  public List<LogEntry> after(long seq, int limit) {
    reads.incrementAndGet();
    return there().after(seq, limit).stream().skip(hole).toList();
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
    return there().query(query);
  }

  @Override
  public List<DeviceEvent> openCriticalAt(long millis, int limit) {
    await();
    return there().openCriticalAt(millis, limit);
  }

  @Override
  public long newest() {
    return Math.min(endsWith, there().newest());
  }
}
