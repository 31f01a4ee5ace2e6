package sightline.history;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import sightline.protocol.Position;

/** A position store that can be away. Any thread may use it. */
final class FlakyPositionStore extends ForwardingPositionStore {
  private final AtomicInteger attempts = new AtomicInteger();
  private volatile boolean away;
  private volatile boolean busy;

  FlakyPositionStore(PositionStore store) {
    super(store);
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

  @Override
  protected PositionStore there() {
    if (away) {
      throw new HistoryUnavailable("away", new IllegalStateException("by this test"));
    }
    return super.there();
  }

  @Override
  public Outcome store(List<Position> batch, String cursor) {
    attempts.incrementAndGet();
    return there().store(batch, cursor);
  }

  @Override
  public boolean holds(long millis) {
    return super.there().holds(millis);
  }

  @Override
  public int retain(long sinceMillis) {
    return busy ? 0 : there().retain(sinceMillis);
  }
}
