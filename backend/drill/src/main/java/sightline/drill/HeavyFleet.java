package sightline.drill;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import sightline.device.Device;
import sightline.device.DeviceExecutor;
import sightline.device.Location;
import sightline.device.Spool;
import sightline.device.SpoolLimits;

/** 600 devices that each report ten times a second, by a schedule. Its thread reports. */
final class HeavyFleet implements AutoCloseable {
  /** Positions a second. */
  static final int RATE = 6_000;

  private static final int DEVICES = 600;
  private static final long CLOSE_SECONDS = 10;
  private static final long BETWEEN_NANOS = 1_000_000_000L / RATE;

  private final DeviceExecutor executor = new DeviceExecutor("heavy", 1);
  private final List<Device> devices = new ArrayList<>();
  private final AtomicLong sent = new AtomicLong();
  private final Thread thread = Thread.ofPlatform().daemon().name("heavy").unstarted(this::run);
  private volatile boolean stopping;

  HeavyFleet(String prefix, URI broker) {
    for (int i = 0; i < DEVICES; i++) {
      devices.add(
          Device.builder(prefix + i)
              .broker(broker)
              .kind("vehicle")
              .spool(Spool.inMemory(SpoolLimits.DEFAULT))
              .executor(executor)
              .build());
    }
  }

  void start() throws IOException {
    for (Device device : devices) {
      device.start();
    }
    thread.start();
  }

  /** Positions of devices that were online. */
  long sent() {
    return sent.get();
  }

  private void run() {
    long start = System.nanoTime();
    for (long turn = 0; !stopping; turn++) {
      long due = start + turn * BETWEEN_NANOS;
      while (System.nanoTime() - due < 0 && !stopping) {
        LockSupport.parkNanos(due - System.nanoTime());
      }
      Device device = devices.get((int) (turn % DEVICES));
      if (device.stats().online()) {
        device.report(Location.at(47 + turn % 10_000 * 1e-5, 9.4));
        sent.incrementAndGet();
      }
    }
  }

  @Override
  public void close() {
    stopping = true;
    CompletableFuture<?>[] closing =
        devices.stream().map(Device::closeAsync).toArray(CompletableFuture<?>[]::new);
    try {
      thread.join(CLOSE_SECONDS * 1_000);
      CompletableFuture.allOf(closing).get(CLOSE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      System.err.println("not every device closed in time: " + e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    executor.close();
  }
}
