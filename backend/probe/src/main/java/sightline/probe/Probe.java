package sightline.probe;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
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

  private final String key;
  private final LiveBus bus;
  private final BooleanSupplier busAnswers;
  private final Consumer<ProbeRound> told;
  private final ProbeMetrics metrics;
  private final InstantSource clock;
  private @Nullable Thread thread;

  /** What fails, by gateway or broker. Owned by the probe's thread. */
  private final Map<String, String> failing = new HashMap<>();

  @GuardedBy("rounds")
  private final ArrayDeque<ProbeRound> rounds = new ArrayDeque<>();

  /**
   * Not started yet.
   *
   * @param key what gateways know it by, so that they show it its device
   * @param busAnswers asks the bus; may block for a bounded time
   * @param told each measurement, on the probe's thread
   */
  public Probe(
      String key,
      LiveBus bus,
      BooleanSupplier busAnswers,
      Consumer<ProbeRound> told,
      MeterRegistry registry,
      InstantSource clock) {
    this.key = key;
    this.bus = bus;
    this.busAnswers = busAnswers;
    this.told = told;
    this.metrics = new ProbeMetrics(registry);
    this.clock = clock;
  }

  /** Begins to measure, where it is turned on. */
  public void start(ProbeSettings settings) {
    if (!settings.interval().isZero()) {
      thread = Thread.ofVirtual().name("probe").start(() -> run(settings));
    }
  }

  /** Any thread: the measurements that are kept, oldest first. */
  public List<ProbeRound> rounds() {
    synchronized (rounds) {
      return List.copyOf(rounds);
    }
  }

  private void run(ProbeSettings settings) {
    try (Browsers browsers = new Browsers(settings, key)) {
      while (true) {
        try {
          browsers.hold();
          round(settings, browsers);
        } catch (RuntimeException e) {
          // A probe that ended by it would leave everybody without a word of the path.
          say(settings.device(), "defect", e.toString());
        }
        Thread.sleep(settings.interval());
      }
    } catch (InterruptedException e) {
      LOG.debug("the probe has stopped");
    }
  }

  /** One line where what fails has changed, not one a measurement. */
  private void say(String where, @Nullable String hop, String detail) {
    String before = hop == null ? failing.remove(where) : failing.put(where, hop);
    if (hop == null && before != null) {
      LOG.info("the probe comes through again: {}", where);
    } else if (hop != null && !hop.equals(before)) {
      LOG.warn("the probe does not come through to {}: {} ({})", where, hop, detail);
    }
  }

  /** One measurement through each gateway, by one connection to the broker. */
  private void round(ProbeSettings settings, Browsers browsers) throws InterruptedException {
    try (Unit unit = new Unit(settings.mqtt(), settings.device())) {
      unit.connect(settings.within());
      say(settings.mqtt().url(), null, "");
      for (String gateway : settings.gateways()) {
        ProbeRound measured = measure(settings, unit, gateway, browsers.of(gateway));
        if ("gateway".equals(measured.failed())) {
          browsers.drop(gateway);
        }
        keep(settings, measured);
      }
    } catch (ExecutionException | TimeoutException | IOException e) {
      say(settings.mqtt().url(), "broker", e.toString());
      for (String gateway : settings.gateways()) {
        keep(settings, new Times().round(clock.millis(), gateway, "broker"));
      }
    }
  }

  private void keep(ProbeSettings settings, ProbeRound round) {
    metrics.count(round);
    synchronized (rounds) {
      rounds.addLast(round);
      while (rounds.size() > settings.keep()) {
        rounds.removeFirst();
      }
    }
    told.accept(round);
  }

  private ProbeRound measure(
      ProbeSettings settings, Unit unit, String gateway, @Nullable Browser browser)
      throws InterruptedException {
    // Asked before too: a bus that slept may be awake again by the time that a position is missed.
    boolean answered = busAnswers.getAsBoolean();
    long time = clock.millis();
    Times times = new Times();
    if (browser == null) {
      say(gateway, "gateway", "it can't be reached at " + settings.url());
      return times.round(time, gateway, "gateway");
    }
    CompletableFuture<Long> onBus = new CompletableFuture<>();
    String device = settings.device();
    String stage = "bus";
    try (LiveBus.Subscription _ = bus.subscribe(message -> look(message, device, time, onBus))) {
      CompletableFuture<Long> seen = browser.look(time);
      stage = "broker";
      long begun = unit.publish(time);
      long end = begun + settings.within().toNanos();
      times.broker = reached(unit.back(), end) - begun;
      stage = "bridge";
      times.bridge = Math.max(times.broker, reached(onBus, end) - begun);
      stage = "gateway";
      times.browser = Math.max(times.bridge, reached(seen, end) - begun);
      say(gateway, null, "");
      return times.round(time, gateway, null);
    } catch (ExecutionException | TimeoutException | BusUnavailable e) {
      boolean silent = stage.equals("bridge") && !(answered && busAnswers.getAsBoolean());
      String hop = silent ? "bus" : stage;
      say(gateway, hop, e.toString());
      return times.round(time, gateway, hop);
    }
  }

  private static void look(
      BusMessage message, String device, long time, CompletableFuture<Long> onBus) {
    if (message instanceof BusMessage.Batch batch && !onBus.isDone()) {
      for (DeviceRecord record : batch.devices()) {
        var position = record.position();
        if (record.id().equals(device) && position != null && position.order().millis() == time) {
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
  }
}
