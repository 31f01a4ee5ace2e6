package sightline.device;

import com.hivemq.client.mqtt.MqttClientExecutorConfig;
import io.reactivex.schedulers.Schedulers;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The threads of one or of many devices: one device thread for their state and timers, and a few
 * for the network. Sharing one among hundreds of devices keeps a simulated fleet cheap. A device
 * has a bounded number of tasks here at any time: its timers, and the answers to events in flight.
 */
public final class DeviceExecutor implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(DeviceExecutor.class.getName());

  private final ScheduledThreadPoolExecutor deviceThread;
  private final MqttClientExecutorConfig mqtt;
  private volatile @Nullable Thread thread;

  /**
   * @param name names its threads
   * @param networkThreads for all connections together; 1 serves hundreds
   */
  public DeviceExecutor(String name, int networkThreads) {
    deviceThread =
        new ScheduledThreadPoolExecutor(
            1, task -> thread = daemon(task, name), new ThreadPoolExecutor.DiscardPolicy());
    deviceThread.setRemoveOnCancelPolicy(true);
    deviceThread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    AtomicInteger count = new AtomicInteger();
    Executor network = task -> daemon(task, name + "-network-" + count.incrementAndGet()).start();
    mqtt =
        MqttClientExecutorConfig.builder()
            .nettyExecutor(network)
            .nettyThreads(networkThreads)
            // Results are handed over to the device thread by the device itself: no hop of its own.
            .applicationScheduler(Schedulers.trampoline())
            .build();
  }

  /** Runs a task on the device thread, after those before it; after {@link #close} never. */
  void execute(Runnable task) {
    deviceThread.execute(() -> run(task));
  }

  Future<?> schedule(Runnable task, Duration delay) {
    return deviceThread.schedule(() -> run(task), delay.toNanos(), TimeUnit.NANOSECONDS);
  }

  boolean isDeviceThread() {
    return Thread.currentThread() == thread;
  }

  MqttClientExecutorConfig mqtt() {
    return mqtt;
  }

  /** Ends the device thread; the network's threads end with the last connection. */
  @Override
  public void close() {
    deviceThread.shutdown();
  }

  private static void run(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException | Error bug) {
      LOG.log(System.Logger.Level.ERROR, "a device's task failed", bug);
      throw bug;
    }
  }

  private static Thread daemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }
}
