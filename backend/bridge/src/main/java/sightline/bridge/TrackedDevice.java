package sightline.bridge;

import org.jspecify.annotations.Nullable;
import sightline.bus.DeviceRecord;
import sightline.protocol.Location;
import sightline.protocol.Order;
import sightline.protocol.Position;
import sightline.protocol.Status;

/** All that the bridge knows of one device. Owned by the rounds thread. */
final class TrackedDevice {
  /** A location this soon after a said goodbye may have been overtaken by it. */
  private static final long GOODBYE_MILLIS = 2_000;

  private static final int MEAN_WEIGHT = 8;

  private final String id;
  private final ClockSkew clock = new ClockSkew();
  private @Nullable Position newest;
  private boolean online = true;
  private @Nullable String offlineReason;
  private @Nullable Status applied;
  private @Nullable String session;
  private @Nullable Integer battery;
  private @Nullable Integer signal;
  private @Nullable String kind;
  private @Nullable String name;
  private @Nullable String firmware;
  private long statusReceived;
  private long goodbyeReceived;
  private long lastSeen;
  private long interval;

  /** Whether it must show that it lives, after a restart of the broker. */
  private boolean onProbation;

  /** When the fleet mirror last had its location, and whether it has moved since. */
  long mirrored = Long.MIN_VALUE;

  boolean mirrorDue;

  /** Whether it is among those that changed in this round. */
  boolean inRound;

  TrackedDevice(String id) {
    this.id = id;
  }

  String id() {
    return id;
  }

  @Nullable Position newest() {
    return newest;
  }

  /** A position from before this life of the bridge. */
  void restore(Position position) {
    if (newest == null || position.order().isAfter(newest.order())) {
      newest = position;
      lastSeen = Math.max(lastSeen, position.received());
    }
  }

  /** From now on it is presumed gone unless it shows life. */
  void putOnProbation() {
    onProbation = online;
  }

  boolean endProbation(String reason, long now) {
    if (!onProbation) {
      return false;
    }
    onProbation = false;
    online = false;
    offlineReason = reason;
    statusReceived = now;
    return true;
  }

  /** Ranks a location; the newest moves the marker. */
  Position move(Location location, boolean backlog, long received, long counter) {
    boolean skewed =
        backlog
            ? ClockSkew.skewedInBacklog(location.timestamp(), received)
            : clock.skewed(location.timestamp(), received);
    Order order =
        skewed ? new Order(received, counter) : new Order(location.timestamp(), location.seq());
    return Position.of(id, location, order, received, skewed);
  }

  boolean advance(Position position) {
    if (newest != null && !position.order().isAfter(newest.order())) {
      return false;
    }
    newest = position;
    return true;
  }

  /** It published something of its own just now; gives whether that brought it back online. */
  boolean alive(long received) {
    if (lastSeen > 0 && received > lastSeen) {
      long gap = received - lastSeen;
      interval = interval == 0 ? gap : interval + (gap - interval) / MEAN_WEIGHT;
    }
    lastSeen = Math.max(lastSeen, received);
    onProbation = false;
    if (online || received - goodbyeReceived < GOODBYE_MILLIS) {
      return false;
    }
    online = true;
    offlineReason = null;
    statusReceived = received;
    return true;
  }

  /** Applies a status; gives whether anything changed. */
  boolean apply(Status status, boolean retained, long received) {
    if (retained && status.equals(applied)) {
      return false;
    }
    boolean ofAnotherSession =
        !status.online()
            && status.session() != null
            && session != null
            && !status.session().equals(session);
    if (ofAnotherSession) {
      return false;
    }
    applied = status;
    if (!retained && status.online()) {
      alive(received);
    }
    online = status.online();
    offlineReason = null;
    onProbation = onProbation && online;
    if (!online && status.session() != null) {
      goodbyeReceived = received;
    }
    battery = status.battery() != null ? status.battery() : battery;
    signal = status.signal() != null ? status.signal() : signal;
    session = status.session() != null ? status.session() : session;
    kind = status.kind() != null ? status.kind() : kind;
    name = status.name() != null ? status.name() : name;
    firmware = status.firmware() != null ? status.firmware() : firmware;
    statusReceived = received;
    return true;
  }

  DeviceRecord record() {
    return new DeviceRecord(
        id,
        newest,
        online,
        offlineReason,
        statusReceived,
        lastSeen,
        interval,
        battery,
        signal,
        session,
        kind,
        name,
        firmware);
  }
}
