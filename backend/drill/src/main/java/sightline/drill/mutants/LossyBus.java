package sightline.drill.mutants;

import java.util.Set;
import java.util.function.Consumer;
import sightline.bus.BusMessage;
import sightline.bus.LiveBus;

/** Loses some batches, as Pub/Sub may. For any thread, as the bus that it wraps. */
final class LossyBus extends WrappedBus {
  private final Set<Long> lost;

  /**
   * Over that bus.
   *
   * @param lost the numbers of the batches that never come
   */
  LossyBus(LiveBus bus, Set<Long> lost) {
    super(bus);
    this.lost = Set.copyOf(lost);
  }

  @Override
  public Subscription subscribe(Consumer<BusMessage> listener) {
    return super.subscribe(
        message -> {
          boolean gone = message instanceof BusMessage.Batch batch && lost.contains(batch.number());
          if (!gone) {
            listener.accept(message);
          }
        });
  }
}
