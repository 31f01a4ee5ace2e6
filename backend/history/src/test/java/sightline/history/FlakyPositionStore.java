package sightline.history;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import sightline.protocol.Order;
import sightline.protocol.Position;

/** A position store that can be away. Any thread may use it. */
final class FlakyPositionStore implements PositionStore {
  private final PositionStore store;
  private final AtomicInteger attempts = new AtomicInteger();
  private volatile boolean away;
  private volatile boolean busy;

  FlakyPositionStore(PositionStore store) {
    this.store = store;
  }

  void away(boolean value) {
    away = value;
  }

  /** Reads keep its days from being removed. */
  void busy(boolean value) {
    busy = value;
  }

  /** How many batches were tried, in vain or not. */
  int attempts() {
    return attempts.get();
  }

  private PositionStore there() {
    if (away) {
      throw new HistoryUnavailable("away", new IllegalStateException("by this test"));
    }
    return store;
  }

  @Override
  public Outcome store(List<Position> batch, String cursor) {
    attempts.incrementAndGet();
    return there().store(batch, cursor);
  }

  @Override
  public boolean holds(long millis) {
    return store.holds(millis);
  }

  @Override
  public String cursor() {
    return there().cursor();
  }

  @Override
  public List<Position> track(String device, Order after, long to, long everyMillis, int limit) {
    return there().track(device, after, to, everyMillis, limit);
  }

  @Override
  public List<Position> lastOfSpans(long from, long to, long everyMillis, int limit) {
    return there().lastOfSpans(from, to, everyMillis, limit);
  }

  @Override
  public List<Position> newestWithin(long from, long to) {
    return there().newestWithin(from, to);
  }

  @Override
  public List<Position> newest() {
    return there().newest();
  }

  @Override
  public long retainedSince() {
    return there().retainedSince();
  }

  @Override
  public void retainedSince(long millis) {
    there().retainedSince(millis);
  }

  @Override
  public long oldestDay() {
    return there().oldestDay();
  }

  @Override
  public long countBefore(long millis) {
    return there().countBefore(millis);
  }

  @Override
  public int retain(long sinceMillis) {
    return busy ? 0 : there().retain(sinceMillis);
  }

  @Override
  public void close() {
    store.close();
  }
}
