package sightline.gateway;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicInteger;

/** Every figure that a gateway keeps, by the names of the contract. Any thread. */
final class GatewayMetrics {
  /** WebSockets that are open now. */
  final AtomicInteger clients = new AtomicInteger();

  /** Connections that are open now, WebSockets too. */
  final AtomicInteger connections = new AtomicInteger();

  /** From an update's arrival to its issue to every browser that can be written to. */
  final Timer broadcast;

  /** Updates that a newer one of the same device took the place of, on their way to a browser. */
  final Counter conflated;

  /** Device updates from the bus. */
  final Counter positionsIn;

  /** Device updates issued to browsers. */
  final Counter positionsOut;

  /** Entries of the event log taken in. */
  final Counter eventsIn;

  /** Entries of the event log issued to browsers. */
  final Counter eventsOut;

  /** News of events over the inbox's bound; history mends it. */
  final Counter eventNewsDropped;

  /** Times that hot state was read again, at the start too. */
  final Counter resyncs;

  private final MeterRegistry registry;

  GatewayMetrics(MeterRegistry registry) {
    this.registry = registry;
    registry.gauge("sightline.gateway.clients", clients);
    registry.gauge("sightline.gateway.connections", connections);
    broadcast =
        Timer.builder("sightline.gateway.broadcast")
            .serviceLevelObjectives(
                Duration.ofNanos(250_000),
                Duration.ofNanos(500_000),
                Duration.ofMillis(1),
                Duration.ofMillis(2),
                Duration.ofMillis(5),
                Duration.ofMillis(10),
                Duration.ofMillis(25),
                Duration.ofMillis(100),
                Duration.ofSeconds(1))
            .register(registry);
    conflated = registry.counter("sightline.gateway.conflated");
    positionsIn = ledger("positions", "gateway-in");
    positionsOut = ledger("positions", "gateway-out");
    eventsIn = ledger("events", "gateway-in");
    eventsOut = ledger("events", "gateway-out");
    eventNewsDropped = registry.counter("sightline.gateway.event.news.dropped");
    resyncs = registry.counter("sightline.gateway.resyncs");
  }

  /** Shows how many replays run. */
  void replays(Collection<?> running) {
    registry.gauge("sightline.gateway.replays", running, Collection::size);
  }

  /** Counts something refused: a connection, a request or a message. */
  void rejected(String reason) {
    registry.counter("sightline.gateway.rejected", "reason", reason).increment();
  }

  /** Counts a WebSocket's end. */
  void closed(String reason) {
    registry.counter("sightline.gateway.closed", "reason", reason).increment();
  }

  private Counter ledger(String flow, String hop) {
    return registry.counter("sightline.ledger", "flow", flow, "hop", hop);
  }
}
