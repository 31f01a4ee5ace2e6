package sightline.app;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import sightline.broker.BrokerCounts;
import sightline.broker.EmbeddedBroker;

/** The embedded broker's figures, by the names of the contract. Stateless. */
final class BrokerMetrics {
  private BrokerMetrics() {}

  static void bind(EmbeddedBroker broker, MeterRegistry metrics) {
    Gauge.builder("sightline.broker.clients", broker, EmbeddedBroker::clients)
        .description("Clients that are connected to the broker")
        .register(metrics);
    BrokerCounts counts = broker.counts();
    for (String direction : List.of("in", "out")) {
      FunctionCounter.builder(
              "sightline.broker.messages",
              counts,
              direction.equals("in") ? BrokerCounts::in : BrokerCounts::out)
          .description("Publishes from clients, and to clients")
          .tag("direction", direction)
          .register(metrics);
    }
    FunctionCounter.builder("sightline.broker.dropped", counts, BrokerCounts::dropped)
        .description("Positions dropped: memory was full, or their subscriber did not read")
        .register(metrics);
    for (String reason : List.of("left", "lost")) {
      FunctionCounter.builder(
              "sightline.broker.disconnects",
              counts,
              reason.equals("left") ? BrokerCounts::left : BrokerCounts::lost)
          .description("Connections that ended, after a goodbye or without")
          .tag("reason", reason)
          .register(metrics);
    }
  }
}
