package sightline.bridge;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Orders the events' connection behind the live one. A mark is published among the events once a
 * device has gone; when it comes back, what follows it was published after the broker had told of
 * that. The rounds thread asks and publishes, the events' MQTT client's thread takes back.
 */
final class Marks {
  /** The topic of the marks, among those of events, so that the broker keeps their order. */
  static final String DEVICE = "_sightline-bridge";

  private static final Logger log = LoggerFactory.getLogger(Marks.class);
  private static final long AGAIN_NANOS = TimeUnit.SECONDS.toNanos(2);
  private static final int MISSED = 5;

  /** Marks of other bridges, and of earlier ones, are not ours. */
  private final String bridge = UUID.randomUUID().toString();

  private final AtomicLong asked = new AtomicLong();
  private volatile Proof proof = new Proof(0, -1);

  /** Owned by the rounds thread. */
  private long publishedNumber = -1;

  /** Owned by the rounds thread. */
  private long publishedConnection;

  /** Owned by the rounds thread. */
  private long publishedNanos;

  /** Owned by the rounds thread. */
  private int missed;

  /** The newest mark that came back, and by which connection. */
  private record Proof(long connection, long number) {}

  /** A number that no mark that was published yet has reached. */
  long ask() {
    return asked.incrementAndGet();
  }

  /**
   * Publishes a mark where one is due.
   *
   * @param connection the number of the events' connection, 0 where there is none
   */
  void publish(long connection, MqttPublisher publisher, long nowNanos) {
    long number = asked.get();
    Proof known = proof;
    if (connection == 0 || (known.connection == connection && known.number >= number)) {
      missed = 0;
      return;
    }
    boolean same = publishedNumber == number && publishedConnection == connection;
    if (same && nowNanos - publishedNanos < AGAIN_NANOS) {
      return;
    }
    if (same && ++missed == MISSED) {
      log.warn(
          "Marks do not come back on devices/{}/events: may the bridge publish there? Events alone"
              + " do not show that a unit is online",
          DEVICE);
    }
    publishedNumber = number;
    publishedConnection = connection;
    publishedNanos = nowNanos;
    byte[] payload = (bridge + " " + connection + " " + number).getBytes(StandardCharsets.US_ASCII);
    var _ = publisher.publish("devices/" + DEVICE + "/events", payload, 1, false);
  }

  /** One came back. */
  void returned(byte[] payload, long connection) {
    String[] parts = new String(payload, StandardCharsets.US_ASCII).split(" ", -1);
    if (parts.length == 3
        && parts[0].equals(bridge)
        && parts[1].equals(Long.toString(connection))) {
      proof = new Proof(connection, Long.parseLong(parts[2]));
    }
  }

  /** The newest that came back by this connection; −1 while what waited before it may come. */
  long proven(long connection) {
    Proof known = proof;
    return known.connection == connection ? known.number : -1;
  }
}
