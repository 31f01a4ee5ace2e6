package sightline.bridge;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.message.connect.Mqtt5Connect;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import com.hivemq.client.mqtt.mqtt5.message.subscribe.Mqtt5Subscribe;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import sightline.protocol.BacklogParser;
import sightline.protocol.Limits;
import sightline.protocol.Location;
import sightline.protocol.LocationParser;
import sightline.protocol.NullIsland;
import sightline.protocol.RejectReason;
import sightline.protocol.RejectedPayload;
import sightline.protocol.StatusParser;
import sightline.protocol.Topics;
import sightline.time.RoleClock;

/**
 * The live connection: locations and status, clean start, so that each reconnect brings all
 * retained status. It parses on the MQTT client's thread and hands over to the rounds.
 */
final class LiveLink implements AutoCloseable {
  private static final Duration NEVER = Duration.ofDays(1);

  /** By convention of Mosquitto and others; where there is none, the broker is never known anew. */
  private static final String BROKER_UPTIME = "$SYS/broker/uptime";

  private static final String BROKER_DROPPED = "$SYS/broker/publish/messages/dropped";

  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,12}");

  private final LiveQueue queue;
  private final Enrolment enrolment;
  private final BridgeMetrics metrics;
  private final RoleClock clock;
  private final AtomicLong beatNanos = new AtomicLong(System.nanoTime() - NEVER.toNanos());
  private final MqttLink link;
  private volatile long brokerDropped;

  LiveLink(
      BridgeSettings settings,
      Lease lease,
      LiveQueue queue,
      Enrolment enrolment,
      BridgeMetrics metrics,
      RoleClock clock) {
    this.queue = queue;
    this.enrolment = enrolment;
    this.metrics = metrics;
    this.clock = clock;
    Mqtt5Connect connect =
        Mqtt5Connect.builder()
            .cleanStart(true)
            .keepAlive(10)
            .restrictions()
            .receiveMaximum(65_535)
            .applyRestrictions()
            .build();
    link =
        new MqttLink(
            "bridge-live",
            settings.mqtt(),
            lease,
            connect,
            subscriptions(),
            Topics.ALL_FLEET,
            this::receive,
            metrics,
            clock::nanos);
  }

  /**
   * The mirror is read for what it retains, and then given up: Artemis keeps what {@code noLocal}
   * holds back from a consumer in its queue for ever, one message for each that is mirrored.
   */
  private static Mqtt5Subscribe subscriptions() {
    return Mqtt5Subscribe.builder()
        .addSubscription()
        .topicFilter(Topics.ALL_LOCATIONS)
        .qos(MqttQos.AT_MOST_ONCE)
        .applySubscription()
        .addSubscription()
        .topicFilter(Topics.ALL_STATUS)
        .qos(MqttQos.AT_LEAST_ONCE)
        .applySubscription()
        .addSubscription()
        .topicFilter(Topics.ALL_FLEET)
        .qos(MqttQos.AT_MOST_ONCE)
        .noLocal(true)
        .applySubscription()
        .addSubscription()
        .topicFilter(Topics.BEAT)
        .qos(MqttQos.AT_MOST_ONCE)
        .applySubscription()
        // Of no use to anybody, so that they are refused and counted, and not only acknowledged.
        .addSubscription()
        .topicFilter(Topics.TOO_DEEP)
        .qos(MqttQos.AT_MOST_ONCE)
        .applySubscription()
        .addSubscription()
        .topicFilter(Topics.SLASH_FIRST)
        .qos(MqttQos.AT_MOST_ONCE)
        .applySubscription()
        .addSubscription()
        .topicFilter(BROKER_UPTIME)
        .qos(MqttQos.AT_MOST_ONCE)
        .applySubscription()
        .addSubscription()
        .topicFilter(BROKER_DROPPED)
        .qos(MqttQos.AT_MOST_ONCE)
        .applySubscription()
        .build();
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

  /** How long ago the bridge's own beat last came back through the broker; a day where never. */
  Duration brokerAge() {
    return Duration.ofNanos(System.nanoTime() - beatNanos.get());
  }

  /** Messages that the broker says it has dropped since its start; 0 where it does not say. */
  long brokerDropped() {
    return brokerDropped;
  }

  /** Each message, on the client's thread. */
  void receive(Mqtt5Publish message, long connection) {
    long nanos = System.nanoTime();
    String topic = message.getTopic().toString();
    try {
      if (topic.equals(Topics.BEAT)) {
        beatNanos.set(nanos);
      } else if (topic.equals(BROKER_UPTIME)) {
        uptime(message.getPayloadAsBytes());
      } else if (topic.equals(BROKER_DROPPED)) {
        brokerDropped = number(message.getPayloadAsBytes(), brokerDropped);
      } else {
        accept(topic, message, nanos);
      }
    } catch (RejectedPayload e) {
      answer(topic, message, e.reason());
      refuse(topic, e);
    } catch (RuntimeException | StackOverflowError e) {
      refuse(topic, BridgeMetrics.defect(e));
      throw e;
    } finally {
      if (message.getQos() != MqttQos.AT_MOST_ONCE) {
        message.acknowledge();
      }
    }
  }

  /** Any thread; where the queue is full it is dropped and counted: another turn will come. */
  void takenOver(String client) {
    if (!queue.offer(new LiveInput.TakenOver(client, clock.millis()))) {
      metrics.signsDropped.increment();
    }
  }

  private void refuse(String topic, RejectedPayload why) {
    String device = Topics.deviceOf(topic);
    if (device == null) {
      metrics.refuseTopic(topic, why);
    } else {
      metrics.refuse(device, topic, why);
    }
  }

  /** A backlog with an id is answered, whatever becomes of it. */
  private void answer(String topic, Mqtt5Publish message, RejectReason reason) {
    String device = Topics.deviceOf(topic);
    String batch =
        device == null || !topic.endsWith("/location") || topic.startsWith("fleet/")
            ? null
            : BacklogParser.idOf(message.getPayloadAsBytes());
    if (device != null && batch != null) {
      Backlogs.refuse(link, device, batch, reason);
    }
  }

  /** Mosquitto's, as {@code 123 seconds}. */
  private void uptime(byte[] payload) {
    long seconds = number(payload, -1);
    if (seconds >= 0) {
      long now = clock.millis();
      long age = Duration.ofSeconds(seconds).toMillis();
      queue.put(new LiveInput.BrokerStarted(now - age, Duration.ofMillis(age).toSeconds(), now));
    }
  }

  private static long number(byte[] payload, long otherwise) {
    Matcher number = NUMBER.matcher(new String(payload, StandardCharsets.UTF_8));
    return number.lookingAt() ? Long.parseLong(number.group()) : otherwise;
  }

  private void accept(String topic, Mqtt5Publish message, long nanos) throws RejectedPayload {
    String device = Topics.deviceOf(topic);
    byte[] payload = message.getPayloadAsBytes();
    long received = clock.millis();
    if (device != null && payload.length == 0 && topic.endsWith("/status")) {
      queue.put(new LiveInput.Retired(device, received));
      return;
    }
    check(device, payload);
    if (device == null) {
      return;
    }
    if (topic.startsWith("fleet/")) {
      if (message.isRetain()) {
        for (Location kept : LocationParser.parse(payload, NullIsland.ACCEPT).locations()) {
          admit(device);
          queue.put(new LiveInput.Mirrored(device, kept, received));
        }
      }
    } else if (topic.endsWith("/status")) {
      StatusParser.Parsed parsed = StatusParser.parse(payload);
      admit(device);
      metrics.leftOut(device, topic, parsed.flaws());
      queue.put(new LiveInput.Said(device, parsed.status(), message.isRetain(), received, nanos));
    } else {
      located(device, payload, message.isRetain(), received, nanos);
    }
  }

  private void located(String device, byte[] payload, boolean retained, long received, long nanos)
      throws RejectedPayload {
    LocationParser.Parsed parsed = LocationParser.parse(payload, island(device));
    for (RejectedPayload why : parsed.rejected()) {
      metrics.refuse(device, "location", why);
    }
    if (parsed.locations().isEmpty() && parsed.batch() == null) {
      return;
    }
    admit(device);
    metrics.leftOut(device, "location", parsed.flaws());
    metrics.positionsIn.increment(parsed.locations().size());
    String batch = parsed.batch();
    queue.put(
        batch == null
            ? new LiveInput.Moved(
                device, parsed.locations(), parsed.backlog(), retained, received, nanos)
            : new LiveInput.Backlog(
                device, batch, parsed.locations(), parsed.rejected().size(), received, nanos));
  }

  /** The probe's own devices are nowhere. */
  private NullIsland island(String device) {
    return Limits.isReserved(device) ? NullIsland.ACCEPT : enrolment.nullIsland();
  }

  private void check(@Nullable String device, byte[] payload) throws RejectedPayload {
    if (device == null) {
      throw new RejectedPayload(RejectReason.BAD_TOPIC, "no device may have that topic");
    }
    if (payload.length > Limits.MAX_PAYLOAD_BYTES) {
      throw Limits.tooLarge(payload);
    }
  }

  /** A place is taken by what is valid alone. */
  private void admit(String device) throws RejectedPayload {
    RejectReason refused = enrolment.admit(device);
    if (refused != null) {
      throw Enrolment.refused(refused);
    }
  }

  @Override
  public void close() {
    link.close();
  }
}
