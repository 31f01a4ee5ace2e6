package sightline.app;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.ToDoubleFunction;
import sightline.broker.BrokerCounts;
import sightline.broker.EmbeddedBroker;
import sightline.broker.Refusals;
import sightline.probe.BrokerFigures;

/**
 * The broker's figures by the names of the contract: the embedded one's, or what the probe hears
 * Mosquitto tell of itself. Stateless.
 */
final class BrokerMetrics {
  private BrokerMetrics() {}

  /** The embedded broker's. */
  static void bind(EmbeddedBroker broker, MeterRegistry metrics) {
    gauge(metrics, "clients", "Clients that are connected", broker, EmbeddedBroker::clients);
    BrokerCounts counts = broker.counts();
    messages(metrics, "in", counts, BrokerCounts::in);
    messages(metrics, "out", counts, BrokerCounts::out);
    dropped(metrics, counts, BrokerCounts::dropped);
    disconnects(metrics, "left", counts, BrokerCounts::left);
    disconnects(metrics, "lost", counts, BrokerCounts::lost);
    gauge(
        metrics,
        "handshakes",
        "Connections that have not said a whole CONNECT yet",
        broker,
        EmbeddedBroker::handshakes);
    for (Refusals.Reason reason : Refusals.Reason.values()) {
      FunctionCounter.builder("sightline.broker.refused", broker.refusals(), of -> of.count(reason))
          .description("Connections that the MQTT port ended, by why")
          .tag("reason", reason.label())
          .register(metrics);
    }
  }

  /** Mosquitto's: gauges are NaN while it is silent. */
  static void bind(BrokerFigures broker, MeterRegistry metrics) {
    gauge(
        metrics,
        "clients",
        "Clients that are connected",
        broker,
        of -> of.value("clients/connected"));
    messages(metrics, "in", broker, of -> of.counted("publish/messages/received"));
    messages(metrics, "out", broker, of -> of.counted("publish/messages/sent"));
    dropped(metrics, broker, of -> of.counted("publish/messages/dropped"));
    for (BrokerFigures.Ended each : BrokerFigures.Ended.values()) {
      disconnects(metrics, each.label(), broker, of -> of.ended(each));
    }
    gauge(
        metrics,
        "answers",
        "1 where the broker told of itself within 5 s, else 0",
        broker,
        of -> of.heard() ? 1 : 0);
    gauge(
        metrics,
        "stored.messages",
        "Messages that it holds: retained, queued, under way",
        broker,
        of -> of.value("store/messages/count"));
    gauge(
        metrics,
        "stored.bytes",
        "Payload of the messages that it holds",
        broker,
        of -> of.value("store/messages/bytes"));
    gauge(metrics, "heap.bytes", "Its heap", broker, of -> of.value("heap/current"));
    gauge(metrics, "uptime.seconds", "Since it started", broker, of -> of.value("uptime"));
  }

  private static <T> void gauge(
      MeterRegistry metrics, String name, String description, T of, ToDoubleFunction<T> value) {
    Gauge.builder("sightline.broker." + name, of, value)
        .description(description)
        .strongReference(true)
        .register(metrics);
  }

  private static <T> void messages(
      MeterRegistry metrics, String direction, T of, ToDoubleFunction<T> count) {
    FunctionCounter.builder("sightline.broker.messages", of, count)
        .description("Publishes from clients, and to clients")
        .tag("direction", direction)
        .register(metrics);
  }

  private static <T> void dropped(MeterRegistry metrics, T of, ToDoubleFunction<T> count) {
    FunctionCounter.builder("sightline.broker.dropped", of, count)
        .description("Publishes dropped: a bound was reached, or their subscriber did not read")
        .register(metrics);
  }

  private static <T> void disconnects(
      MeterRegistry metrics, String reason, T of, ToDoubleFunction<T> count) {
    FunctionCounter.builder("sightline.broker.disconnects", of, count)
        .description("Connections that ended, by how")
        .tag("reason", reason)
        .register(metrics);
  }
}
