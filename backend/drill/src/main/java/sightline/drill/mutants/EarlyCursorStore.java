package sightline.drill.mutants;

import java.util.List;
import sightline.history.ForwardingPositionStore;
import sightline.history.PositionStore;
import sightline.protocol.Position;

/** Saves the cursor in a transaction of its own, before the batch. For any thread. */
final class EarlyCursorStore extends ForwardingPositionStore {
  EarlyCursorStore(PositionStore store) {
    super(store);
  }

  @Override
  public Outcome store(List<Position> batch, String cursor) {
    Outcome _ = super.store(List.of(), cursor);
    return super.store(batch, cursor);
  }
}
