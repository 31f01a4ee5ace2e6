package sightline.drill.mutants;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import sightline.bus.BusMessage;
import sightline.bus.LiveBus;

/**
 * Shows its subscriber an empty batch for each that is missing, so that it never finds a hole. For
 * any thread, as the bus that it wraps.
 */
final class HoleFillingBus extends WrappedBus {
  /** Over that bus. */
  HoleFillingBus(LiveBus bus) {
    super(bus);
  }

  @Override
  public Subscription subscribe(Consumer<BusMessage> listener) {
    return super.subscribe(new Filling(listener));
  }

  /** Owned by the bus's thread that delivers. */
  private static final class Filling implements Consumer<BusMessage> {
    private final Consumer<BusMessage> listener;
    private BusMessage.@Nullable Batch last;

    Filling(Consumer<BusMessage> listener) {
      this.listener = listener;
    }

    @Override
    public void accept(BusMessage message) {
      if (message instanceof BusMessage.Batch batch) {
        BusMessage.Batch before = last;
        if (before != null
            && before.epoch().equals(batch.epoch())
            && before.token() == batch.token()) {
          for (long number = before.number() + 1; number < batch.number(); number++) {
            listener.accept(new BusMessage.Batch(batch.epoch(), batch.token(), number, List.of()));
          }
        }
        last = batch;
      }
      listener.accept(message);
    }
  }
}
