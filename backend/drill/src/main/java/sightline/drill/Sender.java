package sightline.drill;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import sightline.device.Device;
import sightline.device.Event;
import sightline.device.Location;
import sightline.device.SpoolException;

/**
 * Gives some devices their events by a fixed schedule, a position with the first of each second,
 * and now and then an event again that was acknowledged before. Owned by its own thread.
 */
final class Sender implements AutoCloseable {
  private static final double AGAIN = 0.02;
  private static final long SECOND_NANOS = 1_000_000_000L;
  private static final long STOP_MILLIS = 10_000;

  private final List<Device> devices;
  private final long betweenNanos;
  private final Ledger ledger;
  private final SplittableRandom random;
  private final Thread thread;
  private final int[] numbers;
  private final long[] locatedNanos;
  private final Map<EventId, Event> given = new HashMap<>();
  private volatile boolean stopping;
  private volatile @Nullable Throwable failure;

  /**
   * @param each events a second of each device
   */
  Sender(List<Device> devices, double each, Ledger ledger, SplittableRandom random) {
    this.devices = devices;
    this.betweenNanos = (long) (SECOND_NANOS / (each * devices.size()));
    this.ledger = ledger;
    this.random = random;
    numbers = new int[devices.size()];
    locatedNanos = new long[devices.size()];
    thread = Thread.ofPlatform().daemon().name("drill-sender").unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /**
   * No more; returns once the last is given.
   *
   * @throws IllegalStateException where it failed
   */
  void stop() throws InterruptedException {
    stopping = true;
    thread.join(STOP_MILLIS);
    if (failure != null) {
      throw new IllegalStateException("a device did not take an event", failure);
    }
  }

  @Override
  public void close() {
    stopping = true;
  }

  private void run() {
    long start = System.nanoTime();
    try {
      for (long turn = 0; !stopping; turn++) {
        long due = start + turn * betweenNanos;
        while (System.nanoTime() - due < 0 && !stopping) {
          LockSupport.parkNanos(due - System.nanoTime());
        }
        send((int) (turn % devices.size()));
      }
    } catch (SpoolException | RuntimeException e) {
      failure = e;
    }
  }

  private void send(int index) throws SpoolException {
    Device device = devices.get(index);
    long now = System.nanoTime();
    if (numbers[index] == 0 || now - locatedNanos[index] >= SECOND_NANOS) {
      locatedNanos[index] = now;
      device.report(Location.at(47.1 + numbers[index] % 1_000 * 1e-5, 9.5));
    }
    EventId id = new EventId(device.id(), "e-%06d".formatted(numbers[index]++));
    ledger.sent(id, now);
    Event event =
        Event.of("trigger")
            .withId(id.event())
            .happenedAt(System.currentTimeMillis())
            .severity("info");
    given.put(id, event);
    device.send(event);
    if (random.nextDouble() < AGAIN) {
      again(device);
    }
  }

  /** What was acknowledged long ago comes again, as from a device that could not forget it. */
  private void again(Device device) throws SpoolException {
    EventId old = ledger.acknowledgedOf(device.id(), random.nextDouble());
    Event event = old == null ? null : given.get(old);
    if (event != null) {
      try {
        device.send(event);
      } catch (IllegalArgumentException e) {
        // It is on its way again already.
      }
    }
  }
}
