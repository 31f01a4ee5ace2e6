package sightline.probe;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import sightline.protocol.ProbeRound;

/** The probe's figures, by the names of the contract. The probe's thread writes. */
final class ProbeMetrics {
  private static final double NANOS = 1e6;

  private final Timer broker;
  private final Timer bridge;
  private final Timer gateway;
  private final Timer total;
  private final Counter failures;
  private final Map<String, Counter> failuresByHop = new HashMap<>();
  private volatile double lastSuccess;
  private volatile double lastRound;

  ProbeMetrics(MeterRegistry registry) {
    broker = timer(registry, "broker");
    bridge = timer(registry, "bridge");
    gateway = timer(registry, "gateway");
    total = timer(registry, "total");
    failures =
        Counter.builder("sightline.probe.failures")
            .description("Measurements that did not come through")
            .register(registry);
    for (String hop : List.of("broker", "bridge", "bus", "gateway")) {
      failuresByHop.put(
          hop,
          Counter.builder("sightline.probe.hop.failures")
              .description("Measurements that did not come through, by the hop that failed")
              .tag("hop", hop)
              .register(registry));
    }
    timestamp(registry, "last.success", "When a measurement last came through", () -> lastSuccess);
    timestamp(
        registry, "last.round", "When it last measured, whatever came of it", () -> lastRound);
  }

  private static void timestamp(
      MeterRegistry registry, String name, String description, Supplier<Number> seconds) {
    Gauge.builder("sightline.probe." + name + ".timestamp.seconds", seconds)
        .description(description + ", seconds since 1970; 0 for never")
        .strongReference(true)
        .register(registry);
  }

  private static Timer timer(MeterRegistry registry, String hop) {
    return Timer.builder("sightline.probe.latency")
        .description("From a device's publish, or the hop before, to this hop")
        .tag("hop", hop)
        .serviceLevelObjectives(
            Duration.ofMillis(1),
            Duration.ofMillis(2),
            Duration.ofMillis(5),
            Duration.ofMillis(10),
            Duration.ofMillis(25),
            Duration.ofMillis(50),
            Duration.ofMillis(100),
            Duration.ofMillis(250),
            Duration.ofMillis(500),
            Duration.ofSeconds(1),
            Duration.ofSeconds(5))
        .register(registry);
  }

  void count(ProbeRound round) {
    record(broker, round.broker());
    record(bridge, round.bridge());
    record(gateway, round.gatewayHop());
    record(total, round.total());
    lastRound = round.time() / 1e3;
    if (round.failed() == null) {
      lastSuccess = round.time() / 1e3;
      return;
    }
    failures.increment();
    Counter ofHop = failuresByHop.get(round.failed());
    if (ofHop != null) {
      ofHop.increment();
    }
  }

  private static void record(Timer timer, double millis) {
    if (!Double.isNaN(millis)) {
      timer.record((long) (millis * NANOS), TimeUnit.NANOSECONDS);
    }
  }
}
