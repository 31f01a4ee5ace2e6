package sightline.gateway;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

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

  /** Subscriptions that a newer one took the place of before the hub was asked. */
  final Counter subscriptionsReplaced;

  /** Seconds of the hub's time that went into single browsers' pictures and what they missed. */
  final Counter hubForBrowsers;

  private final MeterRegistry registry;

  GatewayMetrics(MeterRegistry registry) {
    this.registry = registry;
    gauge("clients", "WebSockets that are open", clients);
    gauge("connections", "Connections that are open, WebSockets too", connections);
    broadcast =
        Timer.builder("sightline.gateway.broadcast")
            .description("From an update's arrival to its issue to every browser")
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
    conflated = counter("conflated", "Updates that a newer one took the place of");
    positionsIn = ledger("positions", "gateway-in");
    positionsOut = ledger("positions", "gateway-out");
    eventsIn = ledger("events", "gateway-in");
    eventsOut = ledger("events", "gateway-out");
    eventNewsDropped =
        counter("event.news.dropped", "News of events over the inbox's bound; history mends it");
    subscriptionsReplaced =
        counter("subscriptions.replaced", "Subscriptions that a newer one took the place of");
    hubForBrowsers =
        counter("hub.browser.seconds", "The hub's time that went into single browsers, s");
    resyncs = counter("resyncs", "Times that hot state was read again");
  }

  /** Shows what waits for the hub. */
  void hubQueue(Collection<?> commands, Collection<?> questions) {
    Gauge.builder("sightline.gateway.hub.queue", commands, Collection::size)
        .description("What waits for the hub: commands of browsers and reads, or questions of HTTP")
        .tag("kind", "commands")
        .register(registry);
    Gauge.builder("sightline.gateway.hub.queue", questions, Collection::size)
        .description("What waits for the hub: commands of browsers and reads, or questions of HTTP")
        .tag("kind", "questions")
        .register(registry);
  }

  /** Shows how many devices browsers name. */
  void roomNames(IntSupplier count) {
    Gauge.builder("sightline.gateway.room.names", count, IntSupplier::getAsInt)
        .description("Devices that browsers name in their subscriptions, known ones or not")
        .register(registry);
  }

  /** Shows how many open alarms are held. */
  void alarms(IntSupplier count) {
    Gauge.builder("sightline.gateway.alarms", count, IntSupplier::getAsInt)
        .description("Open alarms that are held by id")
        .register(registry);
  }

  /** Shows how far the gateway itself is behind. */
  void lag(LongSupplier nanos) {
    Gauge.builder("sightline.gateway.lag.seconds", nanos, lag -> lag.getAsLong() / 1e9)
        .description("How far the hub, an event loop or what waits for the hub is behind")
        .register(registry);
  }

  /** Shows how many bytes wait for browsers' sockets. */
  void pendingBytes(Collection<LoopFanout> loops) {
    Gauge.builder(
            "sightline.gateway.pending.bytes",
            loops,
            all -> all.stream().mapToLong(LoopFanout::pendingBytes).sum())
        .description("Bytes that wait for browsers' sockets")
        .register(registry);
  }

  /** Shows how many replays run. */
  void replays(Collection<?> running) {
    Gauge.builder("sightline.gateway.replays", running, Collection::size)
        .description("Replays that run")
        .register(registry);
  }

  /** Shows how much memory answers may take that are not read yet. */
  void answerBytes(AtomicLong bytes) {
    Gauge.builder("sightline.gateway.answer.bytes", bytes, AtomicLong::get)
        .description("What answers that are not read yet may take")
        .baseUnit("bytes")
        .register(registry);
  }

  /** Counts something refused: a connection, a request or a message. */
  void rejected(String reason) {
    byReason("rejected", "Connections, requests and messages that were refused", reason);
  }

  /** Counts a WebSocket's end. */
  void closed(String reason) {
    byReason("closed", "WebSockets that ended, by reason", reason);
  }

  private void byReason(String name, String description, String reason) {
    Counter.builder("sightline.gateway." + name)
        .description(description)
        .tag("reason", reason)
        .register(registry)
        .increment();
  }

  private Counter counter(String name, String description) {
    return Counter.builder("sightline.gateway." + name).description(description).register(registry);
  }

  private void gauge(String name, String description, AtomicInteger value) {
    Gauge.builder("sightline.gateway." + name, value, AtomicInteger::get)
        .description(description)
        .register(registry);
  }

  private Counter ledger(String flow, String hop) {
    return Counter.builder("sightline.ledger")
        .description("What went into and out of each hop; the hops must reconcile")
        .tags("flow", flow, "hop", hop)
        .register(registry);
  }
}
