package sightline.history;

import java.util.List;
import sightline.protocol.Order;
import sightline.protocol.Position;

/**
 * Passes everything on to another position store, for what differs from it in a few methods, such
 * as a failing one in a test. For any thread, as that one.
 */
public abstract class ForwardingPositionStore implements PositionStore {
  private final PositionStore store;

  protected ForwardingPositionStore(PositionStore store) {
    this.store = store;
  }

  /** Where calls go, but for {@link #close}; one that is away throws. */
  protected PositionStore there() {
    return store;
  }

  @Override
  public Outcome store(List<Position> batch, String cursor) {
    return there().store(batch, cursor);
  }

  @Override
  public boolean holds(long millis) {
    return there().holds(millis);
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
    return there().retain(sinceMillis);
  }

  @Override
  public void close() {
    store.close();
  }
}
