package sightline.drill;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import sightline.device.Device;
import sightline.device.DeviceExecutor;
import sightline.device.DeviceListener;
import sightline.device.Spool;

/**
 * The devices of a drill, made of the SDK, each with a spool on disk. Opened and closed by the
 * thread that drills; its senders have threads of their own.
 */
final class DrillFleet implements AutoCloseable {
  private static final int SENDERS = 4;
  private static final long CLOSE_SECONDS = 10;

  private final DeviceExecutor executor = new DeviceExecutor("drill", 1);
  private final List<Device> devices = new ArrayList<>();
  private final List<Sender> senders = new ArrayList<>();

  /** Not connected yet. */
  DrillFleet(Plan plan, URI broker, Ledger ledger) {
    SplittableRandom random = new SplittableRandom(plan.seed() + 1);
    for (int i = 0; i < plan.devices(); i++) {
      String id = plan.fleet() + "%03d".formatted(i);
      devices.add(device(plan.folder().resolve("spool"), broker, ledger, random.split(), id));
    }
    for (int i = 0; i < SENDERS; i++) {
      List<Device> own = new ArrayList<>();
      for (int d = i; d < devices.size(); d += SENDERS) {
        own.add(devices.get(d));
      }
      if (!own.isEmpty()) {
        double each = plan.rate() / (double) devices.size();
        senders.add(new Sender(own, each, ledger, random.split()));
      }
    }
  }

  private Device device(
      Path spools, URI broker, Ledger ledger, SplittableRandom random, String id) {
    DeviceListener listener =
        new DeviceListener() {
          @Override
          public void eventAcknowledged(String event) {
            ledger.acknowledged(new EventId(id, event), System.nanoTime());
          }

          @Override
          public void problem(String what, Throwable cause) {
            System.err.println(id + ": " + what + ": " + cause);
          }
        };
    return Device.builder(id)
        .broker(broker)
        .kind("sensor")
        .spool(Spool.onDisk(spools.resolve(id)))
        .executor(executor)
        .random(random)
        .listener(listener)
        .build();
  }

  /** Connects all, in the background. */
  void connect() throws IOException {
    for (Device device : devices) {
      device.start();
    }
  }

  boolean allOnline() {
    return devices.stream().allMatch(device -> device.stats().online());
  }

  /** Events by the schedule, from now on. */
  void startSending() {
    senders.forEach(Sender::start);
  }

  /** No new events; those unanswered go on. */
  void stopSending() throws InterruptedException {
    for (Sender sender : senders) {
      sender.stop();
    }
  }

  @Override
  public void close() {
    senders.forEach(Sender::close);
    CompletableFuture<?>[] closing =
        devices.stream().map(Device::closeAsync).toArray(CompletableFuture<?>[]::new);
    try {
      CompletableFuture.allOf(closing).get(CLOSE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      System.err.println("not every device closed in time: " + e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    executor.close();
  }
}
