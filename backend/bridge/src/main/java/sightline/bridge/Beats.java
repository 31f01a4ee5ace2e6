package sightline.bridge;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sightline.bus.BusMessage;
import sightline.bus.BusUnavailable;
import sightline.bus.LiveBus;
import sightline.protocol.Topics;

/**
 * The bridge's beat: through the broker to itself, and, whether or not that returns, on the bus
 * with the newest number and the ages of broker and history. A thread of its own, so that no queue
 * delays it.
 */
final class Beats implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Beats.class);
  private static final byte[] PAYLOAD = "{}".getBytes(StandardCharsets.UTF_8);

  private final LiveBus bus;
  private final LiveLink live;
  private final Commits commits;
  private final WaitingEvents waiting;
  private final Rounds rounds;
  private final BridgeMetrics metrics;
  private final Duration interval;
  private final Runnable failed;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("bridge-beat").factory());

  /**
   * Not started yet.
   *
   * @param failed told when a defect has stopped it
   */
  Beats(
      LiveBus bus,
      LiveLink live,
      Commits commits,
      WaitingEvents waiting,
      Rounds rounds,
      BridgeMetrics metrics,
      Duration interval,
      Runnable failed) {
    this.bus = bus;
    this.live = live;
    this.commits = commits;
    this.waiting = waiting;
    this.rounds = rounds;
    this.metrics = metrics;
    this.interval = interval;
    this.failed = failed;
  }

  void start() {
    var _ = thread.scheduleAtFixedRate(this::beat, 0, interval.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void beat() {
    try {
      if (live.ready()) {
        var _ = live.publisher().publish(Topics.BEAT, PAYLOAD, 0, false);
      }
      bus.beat(
          new BusMessage.BridgeBeat(
              commits.newest(),
              live.brokerAge().toMillis(),
              commits.historyAge().toMillis(),
              waiting.count(),
              rounds.time(),
              (long) metrics.positionsDropped.count(),
              live.brokerDropped()));
    } catch (BusUnavailable e) {
      log.debug("The beat did not reach the bus: {}", e.toString());
    } catch (RuntimeException | Error e) {
      // The scheduler would leave out every further one without a word.
      if (!thread.isShutdown()) {
        log.error("The beat has stopped by a defect", e);
        failed.run();
      }
      throw e;
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
