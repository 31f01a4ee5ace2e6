package sightline.gateway;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.buffer.PooledByteBufAllocator;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import sightline.bus.BusMessage;
import sightline.bus.DeviceRecord;
import sightline.bus.InProcessBus;
import sightline.history.EventLog;
import sightline.micro.Units;
import sightline.protocol.ClientMessage.Scope;
import sightline.time.RoleClock;

/**
 * The hub's state with the whole fleet, turned by its caller: without a thread, event loops or
 * history. Owned by its thread.
 */
final class HubRig {
  private static final int ROUNDS = 4;
  private static final int CITIES_ACROSS = 5;
  private static final double CITY_DEGREES = 1.0 / CITIES_ACROSS;
  private static final double CITY_ZOOM = 11;

  private final InProcessBus bus = new InProcessBus(1);
  private final GatewayMetrics metrics = new GatewayMetrics(new SimpleMeterRegistry());
  private final Inbox inbox =
      new Inbox(GatewaySettings.DEFAULT.live().inboxEvents(), metrics, () -> {});
  private final HubState hub =
      new HubState(
          GatewaySettings.DEFAULT,
          new DeviceGroups(Map.of()),
          RoleClock.of(InstantSource.fixed(Instant.ofEpochMilli(Units.NOW)), System::nanoTime),
          metrics,
          new Sources(bus, noHistory(), Runnable::run),
          List.of(),
          PooledByteBufAllocator.DEFAULT,
          this::atOnce);
  private final List<List<DeviceRecord>> batches = Units.batches(ROUNDS);
  private long number;

  /** Knows the fleet. */
  HubRig() {
    BusMessage.Batch whole = batch(Units.round(ROUNDS - 1));
    bus.round(whole, List.of());
    inbox.put(whole);
    hub.take(inbox.take(), System.nanoTime());
    hub.broadcast();
  }

  /** Lets in a browser of the whole fleet. */
  void lookAtAll(Wire wire) {
    hub.places().join(ViewKey.all(Permission.LOCAL), null, wire);
  }

  /** Lets in a browser at each city. */
  void lookAtCities(Wire wire) {
    for (int i = 0; i < CITIES_ACROSS * CITIES_ACROSS; i++) {
      double west = Units.WEST + i % CITIES_ACROSS * CITY_DEGREES;
      int row = i / CITIES_ACROSS;
      double south = Units.SOUTH + row * CITY_DEGREES;
      Scope.View map =
          new Scope.View(
              west, south, west + CITY_DEGREES, south + CITY_DEGREES, CITY_ZOOM, List.of());
      hub.places().join(ViewKey.area(Permission.LOCAL, Set.of()), Area.of(map), wire);
    }
  }

  /**
   * Takes the next batch and encodes what browsers are told of it; gives how many views and cells.
   */
  int turn() {
    inbox.put(batch(batches.get((int) (number % batches.size()))));
    hub.take(inbox.take(), System.nanoTime());
    Broadcast told = hub.broadcast();
    if (told == null) {
      return 0;
    }
    int count = told.deliveries().size() + told.cells().size();
    told.release();
    return count;
  }

  private BusMessage.Batch batch(List<DeviceRecord> records) {
    return new BusMessage.Batch("epoch-1", 1, ++number, records);
  }

  private void atOnce(Consumer<HubState> command) {
    command.accept(hub);
  }

  private static EventLog noHistory() {
    return (EventLog)
        Proxy.newProxyInstance(
            EventLog.class.getClassLoader(),
            new Class<?>[] {EventLog.class},
            (log, method, arguments) -> {
              throw new IllegalStateException("a turn reads no history: " + method);
            });
  }
}
