package sightline.probe;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sightline.bus.BusMessage;
import sightline.bus.BusUnavailable;
import sightline.bus.DeviceRecord;
import sightline.bus.LiveBus;
import sightline.protocol.ProbeRound;

/**
 * A device at one end of the path and a browser of each gateway at the other: publishes a position
 * now and then, and measures where it is when. Has a virtual thread of its own.
 */
public final class Probe implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Probe.class);
  private static final double NANOS = 1e6;

  private final ProbeSettings settings;
  private final String key;
  private final LiveBus bus;
  private final ProbeMetrics metrics;
  private final InstantSource clock;
  private final HttpClient http = HttpClient.newHttpClient();
  private @Nullable Thread thread;

  @GuardedBy("rounds")
  private final ArrayDeque<ProbeRound> rounds = new ArrayDeque<>();

  /**
   * Not started yet.
   *
   * @param key what gateways know it by, so that they show it its device
   */
  public Probe(
      ProbeSettings settings,
      String key,
      LiveBus bus,
      MeterRegistry registry,
      InstantSource clock) {
    this.settings = settings;
    this.key = key;
    this.bus = bus;
    this.metrics = new ProbeMetrics(registry);
    this.clock = clock;
  }

  /**
   * Begins to measure, where it is turned on.
   *
   * @param brokerHost where the broker listens
   * @param gateways their addresses, such as {@code ws://127.0.0.1:8080}
   */
  public void start(String brokerHost, int brokerPort, List<URI> gateways) {
    if (!settings.interval().isZero()) {
      thread =
          Thread.ofVirtual()
              .name("probe")
              .start(() -> run(brokerHost, brokerPort, List.copyOf(gateways)));
    }
  }

  /** Any thread: the measurements that are kept, oldest first. */
  public List<ProbeRound> rounds() {
    synchronized (rounds) {
      return List.copyOf(rounds);
    }
  }

  private void run(String host, int port, List<URI> gateways) {
    try {
      while (true) {
        for (URI gateway : gateways) {
          ProbeRound round = measure(host, port, gateway);
          metrics.count(round);
          keep(round);
        }
        Thread.sleep(settings.interval());
      }
    } catch (InterruptedException e) {
      LOG.debug("the probe has stopped");
    } catch (RuntimeException e) {
      LOG.error("the probe has stopped by a defect", e);
    }
  }

  private void keep(ProbeRound round) {
    synchronized (rounds) {
      rounds.addLast(round);
      while (rounds.size() > settings.keep()) {
        rounds.removeFirst();
      }
    }
  }

  /** One measurement through one gateway. */
  private ProbeRound measure(String host, int port, URI gateway) throws InterruptedException {
    long time = clock.millis();
    Times times = new Times();
    CompletableFuture<Long> onBus = new CompletableFuture<>();
    String stage = "broker";
    try (Unit unit = new Unit(host, port, settings.device(), time);
        LiveBus.Subscription _ = bus.subscribe(message -> look(message, time, onBus))) {
      unit.connect(settings.within());
      stage = "gateway";
      try (Browser browser =
          new Browser(http, gateway, key, settings.device(), time, settings.within())) {
        browser.await(settings.within());
        stage = "broker";
        long begun = unit.publish();
        long end = begun + settings.within().toNanos();
        times.broker = reached(unit.back(), end) - begun;
        stage = "bridge";
        times.bridge = Math.max(times.broker, reached(onBus, end) - begun);
        stage = "gateway";
        times.browser = Math.max(times.bridge, reached(browser.seen(), end) - begun);
        return times.round(time, gateway, null);
      }
    } catch (ExecutionException | TimeoutException | BusUnavailable e) {
      LOG.warn("the probe's position did not come through at: {} ({})", stage, e.toString());
      return times.round(time, gateway, stage);
    }
  }

  private void look(BusMessage message, long time, CompletableFuture<Long> onBus) {
    if (message instanceof BusMessage.Batch batch && !onBus.isDone()) {
      for (DeviceRecord record : batch.devices()) {
        var position = record.position();
        if (record.id().equals(settings.device())
            && position != null
            && position.order().millis() == time) {
          onBus.complete(System.nanoTime());
        }
      }
    }
  }

  private static long reached(CompletableFuture<Long> hop, long end)
      throws InterruptedException, ExecutionException, TimeoutException {
    return hop.get(Math.max(1, end - System.nanoTime()), TimeUnit.NANOSECONDS);
  }

  /** Stops measuring, within a moment. */
  @Override
  public void close() {
    Thread running = thread;
    if (running != null) {
      running.interrupt();
      try {
        running.join(Duration.ofSeconds(2));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    http.shutdownNow();
  }

  /** When each hop was reached, ns from the publish; -1 where it was not. The probe's thread's. */
  private static final class Times {
    long broker = -1;
    long bridge = -1;
    long browser = -1;

    ProbeRound round(long time, URI gateway, @Nullable String failed) {
      return new ProbeRound(
          time,
          gateway.getAuthority(),
          failed,
          between(0, broker),
          between(broker, bridge),
          between(bridge, browser),
          between(0, browser));
    }

    private static double between(long from, long to) {
      return to < 0 ? Double.NaN : (to - from) / NANOS;
    }
  }
}
