package sightline.device;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a device was built with, checked. Immutable, but for {@code random}, which the
 * device thread owns.
 */
record DeviceSettings(
    String id,
    List<BrokerAddress> brokers,
    @Nullable String username,
    @Nullable String password,
    @Nullable KeyManagerFactory keys,
    @Nullable TrustManagerFactory trust,
    @Nullable String kind,
    @Nullable String name,
    @Nullable String firmware,
    String session,
    int backlogPositions,
    int eventWindow,
    Duration firstRepeat,
    Duration lastRepeat,
    InstantSource clock,
    RandomGenerator random) {

  /** What a broker and the other side accept in one publish. */
  static final int MAX_PAYLOAD = 16 << 10;

  private static final Duration BACKLOG_REPEAT = Duration.ofSeconds(15);

  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");

  DeviceSettings {
    check(ID.matcher(id).matches(), "a device's id matches " + ID + ", not " + id);
    check(!id.startsWith("_sightline"), "ids that begin with _sightline are reserved");
    check(!brokers.isEmpty(), "a device needs a broker to connect to");
    check(backlogPositions >= 1, "the backlog must have room for a position");
    check(eventWindow >= 1 && eventWindow <= 65_535, "the event window is 1 to 65,535");
    check(
        !firstRepeat.isNegative() && !firstRepeat.isZero(), "the first repeat is after some time");
    check(lastRepeat.compareTo(firstRepeat) >= 0, "the last repeat is not before the first");
  }

  static List<BrokerAddress> addresses(List<URI> uris) {
    return uris.stream().map(BrokerAddress::of).toList();
  }

  /** When a backlog that is not answered goes again: as events, but within 15 s at first. */
  Duration firstBacklogRepeat() {
    return firstRepeat.compareTo(BACKLOG_REPEAT) < 0 ? firstRepeat : BACKLOG_REPEAT;
  }

  String topic(String leaf) {
    return "devices/" + id + "/" + leaf;
  }

  byte[] onlineStatus(Status status) {
    JsonWriter json = new JsonWriter(224).beginObject();
    json.name("online").value(true).name("timestamp").value(clock.millis());
    if (status.battery() >= 0) {
      json.name("battery").value(status.battery());
    }
    if (status.signal() >= 0) {
      json.name("signal").value(status.signal());
    }
    json.name("session").value(session);
    optional(json, "kind", kind);
    optional(json, "name", name);
    optional(json, "firmware", firmware);
    return json.endObject().toBytes();
  }

  /** The last will, and what a clean close publishes. */
  byte[] offlineStatus() {
    JsonWriter json = new JsonWriter(96).beginObject();
    json.name("online").value(false).name("timestamp").value(clock.millis());
    return json.name("session").value(session).endObject().toBytes();
  }

  byte @Nullable [] passwordBytes() {
    return password == null ? null : password.getBytes(StandardCharsets.UTF_8);
  }

  /** Without the password. */
  @Override
  public String toString() {
    return "device " + id + " to " + brokers;
  }

  private static void optional(JsonWriter json, String field, @Nullable String value) {
    if (value != null) {
      json.name(field).value(value);
    }
  }

  private static void check(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }
}
