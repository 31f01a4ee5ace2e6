package sightline.simulator;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import sightline.device.Device;
import sightline.device.Event;
import sightline.device.SpoolException;

/**
 * Hands events to their devices on a thread of its own, because that waits for the disk. Its queue
 * holds 1,000; past it, and past a full spool, events are refused and counted.
 */
final class EventWriter implements AutoCloseable {
  private static final int QUEUE = 1_000;

  private final AtomicLong refused = new AtomicLong();
  private final ThreadPoolExecutor thread =
      new ThreadPoolExecutor(
          1,
          1,
          0,
          TimeUnit.SECONDS,
          new ArrayBlockingQueue<>(QUEUE),
          Thread.ofPlatform().daemon().name("fleet-events").factory(),
          (task, full) -> refused.incrementAndGet());

  void write(Device device, Event event) {
    thread.execute(
        () -> {
          try {
            device.send(event);
          } catch (SpoolException e) {
            refused.incrementAndGet();
          }
        });
  }

  long refused() {
    return refused.get();
  }

  /** What is queued is still handed over, for up to 2 s. */
  @Override
  public void close() {
    thread.shutdown();
    try {
      if (!thread.awaitTermination(2, TimeUnit.SECONDS)) {
        thread.shutdownNow();
      }
    } catch (InterruptedException e) {
      thread.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
