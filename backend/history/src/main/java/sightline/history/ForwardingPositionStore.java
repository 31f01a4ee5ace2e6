package sightline.drill.mutants;

import java.util.List;
import sightline.history.PositionStore;
import sightline.protocol.Order;
import sightline.protocol.Position;

/** Passes everything on to another position store; for any thread, as that one. */
class WrappedPositionStore implements PositionStore {
  private final PositionStore store;

  WrappedPositionStore(PositionStore store) {
    this.store = store;
  }

  @Override
  public Outcome store(List<Position> batch, String cursor) {
    return store.store(batch, cursor);
  }

  @Override
  public boolean holds(long millis) {
    return store.holds(millis);
  }

  @Override
  public String cursor() {
    return store.cursor();
  }

  @Override
  public List<Position> track(String device, Order after, long to, long everyMillis, int limit) {
    return store.track(device, after, to, everyMillis, limit);
  }

  @Override
  public List<Position> lastOfSpans(long from, long to, long everyMillis, int limit) {
    return store.lastOfSpans(from, to, everyMillis, limit);
  }

  @Override
  public List<Position> newestWithin(long from, long to) {
    return store.newestWithin(from, to);
  }

  @Override
  public List<Position> newest() {
    return store.newest();
  }

  @Override
  public long retainedSince() {
    return store.retainedSince();
  }

  @Override
  public void retainedSince(long millis) {
    store.retainedSince(millis);
  }

  @Override
  public long oldestDay() {
    return store.oldestDay();
  }

  @Override
  public long countBefore(long millis) {
    return store.countBefore(millis);
  }

  @Override
  public int retain(long sinceMillis) {
    return store.retain(sinceMillis);
  }

  @Override
  public void close() {
    store.close();
  }
}
