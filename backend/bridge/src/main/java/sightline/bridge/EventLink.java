package sightline.bridge;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.message.connect.Mqtt5Connect;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import com.hivemq.client.mqtt.mqtt5.message.subscribe.Mqtt5Subscribe;
import sightline.protocol.DeviceEvent;
import sightline.protocol.EventKey;
import sightline.protocol.EventParser;
import sightline.protocol.Limits;
import sightline.protocol.RejectReason;
import sightline.protocol.Topics;
import sightline.time.RoleClock;

/**
 * The events connection: a persistent session, QoS 1, acknowledged by hand after the commit. It
 * parses on the MQTT client's thread, shows the event as pending, and hands over to the commits.
 */
final class EventLink implements AutoCloseable {
  private final WaitingEvents waiting;
  private final RecentKeys recent;
  private final Enrolment enrolment;
  private final LiveQueue queue;
  private final PendingEvents pending;
  private final BridgeMetrics metrics;
  private final RoleClock clock;
  private final MqttLink link;

  EventLink(
      BridgeSettings settings,
      Lease lease,
      WaitingEvents waiting,
      RecentKeys recent,
      Enrolment enrolment,
      LiveQueue queue,
      PendingEvents pending,
      BridgeMetrics metrics,
      RoleClock clock) {
    this.waiting = waiting;
    this.recent = recent;
    this.enrolment = enrolment;
    this.queue = queue;
    this.pending = pending;
    this.metrics = metrics;
    this.clock = clock;
    Mqtt5Connect connect =
        Mqtt5Connect.builder()
            .cleanStart(false)
            .noSessionExpiry()
            .keepAlive(10)
            .restrictions()
            .receiveMaximum(65_535)
            .applyRestrictions()
            .build();
    Mqtt5Subscribe subscribe =
        Mqtt5Subscribe.builder().topicFilter(Topics.ALL_EVENTS).qos(MqttQos.AT_LEAST_ONCE).build();
    link =
        new MqttLink(
            "bridge-events",
            settings.mqtt(),
            lease,
            connect,
            subscribe,
            null,
            this::receive,
            metrics,
            clock::nanos);
  }

  void start() {
    link.start();
  }

  boolean ready() {
    return link.ready();
  }

  MqttPublisher publisher() {
    return link;
  }

  private void receive(Mqtt5Publish message, long connection) {
    String device = Topics.deviceOf(message.getTopic().toString());
    if (device == null) {
      metrics.reject(RejectReason.BAD_TOPIC, "an event", "no device may have that topic");
      message.acknowledge();
      return;
    }
    byte[] payload = message.getPayloadAsBytes();
    switch (parse(device, payload)) {
      case EventParser.Parsed.Accepted(DeviceEvent event) ->
          accept(event, payload.length, new MqttDelivery(message, connection));
      case EventParser.Parsed.Rejected(String id, RejectReason reason, String detail) -> {
        metrics.reject(reason, device, detail);
        var _ =
            Commits.rejected(link, new EventKey(device, id), reason).thenRun(message::acknowledge);
      }
    }
  }

  private EventParser.Parsed parse(String device, byte[] payload) {
    if (payload.length > Limits.MAX_PAYLOAD_BYTES) {
      return EventParser.tooLarge(device, payload);
    }
    EventParser.Parsed parsed = EventParser.parse(device, payload, clock.millis());
    RejectReason refused = enrolment.admit(device);
    if (refused != null) {
      return new EventParser.Parsed.Rejected(parsed.id(), refused, "may not take part");
    }
    return parsed;
  }

  private void accept(DeviceEvent event, int bytes, WaitingEvents.Delivery delivery) {
    metrics.eventsIn.increment();
    if (!queue.offer(new LiveInput.Seen(event.device(), event.received()))) {
      metrics.signsDropped.increment();
    }
    try {
      boolean shown = recent.contains(event.key()) || waiting.find(event.key()) != null;
      if (!shown) {
        pending.show(event);
      }
      boolean _ = waiting.add(event, bytes, delivery);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    link.close();
  }

  /** A publish of the broker that waits for its PUBACK. */
  private record MqttDelivery(Mqtt5Publish message, long connection)
      implements WaitingEvents.Delivery {
    @Override
    public void acknowledge() {
      message.acknowledge();
    }
  }
}
