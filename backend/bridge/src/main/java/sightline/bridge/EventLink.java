package sightline.bridge;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.message.connect.Mqtt5Connect;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import com.hivemq.client.mqtt.mqtt5.message.subscribe.Mqtt5Subscribe;
import java.util.List;
import sightline.protocol.DeviceEvent;
import sightline.protocol.EventContent;
import sightline.protocol.EventKey;
import sightline.protocol.EventParser;
import sightline.protocol.RejectReason;
import sightline.protocol.RejectedPayload;
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
  private final Marks marks;
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
      Marks marks,
      BridgeMetrics metrics,
      RoleClock clock) {
    this.waiting = waiting;
    this.recent = recent;
    this.enrolment = enrolment;
    this.queue = queue;
    this.pending = pending;
    this.marks = marks;
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

  /** The number of the connection, 0 while there is none. */
  long connection() {
    return link.connection();
  }

  MqttPublisher publisher() {
    return link;
  }

  private void receive(Mqtt5Publish message, long connection) {
    MqttDelivery delivery = new MqttDelivery(message, connection);
    byte[] payload = message.getPayloadAsBytes();
    if (message.getTopic().toString().equals(Topics.events(Marks.DEVICE))) {
      marks.returned(payload, connection);
      delivery.acknowledge();
    } else {
      receive(message.getTopic().toString(), payload, proven(message, connection), delivery);
    }
  }

  /** Each message of a device, on the client's thread. */
  void receive(String topic, byte[] payload, long proven, WaitingEvents.Delivery delivery) {
    String device = Topics.deviceOf(topic);
    if (device == null) {
      metrics.refuseTopic(
          topic, new RejectedPayload(RejectReason.BAD_TOPIC, "no device may have that topic"));
      delivery.acknowledge();
      return;
    }
    try {
      take(device, payload, proven, delivery);
    } catch (RuntimeException | StackOverflowError e) {
      // The link acknowledges it, and its device keeps it: it is not refused for good.
      RejectedPayload why = BridgeMetrics.defect(e);
      metrics.refuse(device, "events", why);
      EventKey key = new EventKey(device, EventParser.idOf(device, payload));
      var _ = Commits.rejected(link, key, why).exceptionally(lost -> null);
      throw e;
    }
  }

  private void take(String device, byte[] payload, long proven, WaitingEvents.Delivery delivery) {
    switch (parse(device, payload)) {
      case EventParser.Parsed.Accepted(DeviceEvent event, List<RejectedPayload> flaws) -> {
        metrics.leftOut(device, "events", flaws);
        accept(event, payload.length, proven, delivery);
      }
      case EventParser.Parsed.Rejected(String id, RejectedPayload why) -> {
        metrics.refuse(device, "events", why);
        var _ =
            Commits.rejected(link, new EventKey(device, id), why).thenRun(delivery::acknowledge);
      }
    }
  }

  private EventParser.Parsed parse(String device, byte[] payload) {
    EventParser.Parsed parsed =
        EventParser.parse(device, payload, clock.millis(), enrolment.nullIsland());
    if (parsed instanceof EventParser.Parsed.Rejected) {
      return parsed;
    }
    RejectReason refused = enrolment.admit(device);
    if (refused == null || withoutPlace(refused)) {
      return parsed;
    }
    return new EventParser.Parsed.Rejected(parsed.id(), Enrolment.refused(refused));
  }

  /** An event is worth more than a place in the fleet: it is taken where there is none left. */
  private boolean withoutPlace(RejectReason refused) {
    boolean taken =
        refused == RejectReason.TOO_MANY_DEVICES && enrolment.takesUntracked(clock.nanos());
    if (taken) {
      metrics.eventsUntracked.increment();
    }
    return taken;
  }

  /** A retained event is from before, whatever has come back. */
  private long proven(Mqtt5Publish message, long connection) {
    return message.isRetain() ? -1 : marks.proven(connection);
  }

  private void accept(DeviceEvent sent, int bytes, long proven, WaitingEvents.Delivery delivery) {
    metrics.eventsIn.increment();
    if (enrolment.tracks(sent.device())
        && !queue.offer(new LiveInput.Seen(sent.device(), sent.received(), proven))) {
      metrics.signsDropped.increment();
    }
    try {
      DeviceEvent event = unlessReused(sent);
      if (waiting.full(event, bytes)) {
        overload(sent, delivery);
        return;
      }
      boolean shown = recent.contains(event.key()) || waiting.find(event.key()) != null;
      if (!shown) {
        pending.show(event);
      }
      boolean _ = waiting.add(event, sent.id(), bytes, delivery);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Its device keeps it, and sends it again: the broker need not. */
  private void overload(DeviceEvent sent, WaitingEvents.Delivery delivery) {
    RejectedPayload why =
        new RejectedPayload(
            RejectReason.OVERLOAD,
            "history is away, and too many events of it wait; send it again");
    metrics.refuse(sent.device(), "events", why);
    var _ = Commits.rejected(link, sent.key(), why).thenRun(delivery::acknowledge);
  }

  /**
   * A device whose counter starts anew gives an id again: what says something else than the event
   * that has it goes by an id of its own. What is not known here, history's answer shows.
   */
  private DeviceEvent unlessReused(DeviceEvent sent) {
    DeviceEvent held = waiting.find(sent.key());
    boolean reused =
        (held != null && !EventContent.same(held, sent))
            || recent.differs(sent)
            || pending.differs(sent);
    return reused ? EventContent.underOwnId(sent) : sent;
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
