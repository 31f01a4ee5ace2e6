package sightline.bridge;

import java.util.Objects;
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
  private final Arrivals arrivals = new Arrivals();
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

  /** Whether it is known from an earlier bridge, whose last status of it is not. */
  private boolean restored;

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

  /** What an earlier bridge knew of it. */
  void restore(DeviceRecord left) {
    newest = left.position();
    online = left.online();
    offlineReason = left.offlineReason();
    statusReceived = left.statusReceived();
    lastSeen = left.lastSeen();
    interval = left.usualIntervalMillis();
    battery = left.battery();
    signal = left.signal();
    session = left.session();
    kind = left.kind();
    name = left.name();
    firmware = left.firmware();
    restored = true;
  }

  /** It is presumed gone unless it shows life, where it has shown none since a time (epoch ms). */
  void putOnProbation(long since) {
    onProbation = online && lastSeen < since;
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
    long seq = arrivals.seq(location);
    Order order = skewed ? new Order(received, counter) : new Order(location.timestamp(), seq);
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
    boolean doubtful = retained && restored && applied == null && contradicts(status);
    applied = status;
    if (doubtful) {
      onProbation |= online;
      return false;
    }
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

  /**
   * Whether an earlier bridge knew better than a status that the broker retained, maybe from long
   * before: a unit without sessions that published after its last will, or one presumed gone.
   */
  private boolean contradicts(Status status) {
    return online
        ? !status.online() && status.session() == null
        : status.online() && offlineReason != null && Objects.equals(status.session(), session);
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
