package sightline.bridge;

import java.util.Objects;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import sightline.bus.DeviceRecord;
import sightline.protocol.Location;
import sightline.protocol.Order;
import sightline.protocol.Position;
import sightline.protocol.Refused;
import sightline.protocol.Status;

/** All that the bridge knows of one device. Owned by the rounds thread. */
final class TrackedDevice {
  /** A newest position that is later than now by more, ms, is of a clock that was wrong. */
  private static final long AHEAD_MILLIS = 1_000;

  private final String id;
  private final Arrivals arrivals = new Arrivals();
  private final Life life = new Life();
  private @Nullable Position newest;
  private @Nullable Status applied;
  private @Nullable String session;
  private @Nullable Integer battery;
  private @Nullable Integer signal;
  private @Nullable String kind;
  private @Nullable String name;
  private @Nullable String firmware;
  private @Nullable Refused refused;
  final Rivals rivals = new Rivals();

  /** Whether it is known from an earlier bridge, whose last status of it is not. */
  private boolean restored;

  /** When the fleet mirror last had its location, monotonic ms, and whether it has moved since. */
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

  Life life() {
    return life;
  }

  /** A position from before this life of the bridge. */
  void restore(Position position, long now) {
    if (newest == null || position.order().isAfter(newest.order())) {
      newest = position;
      life.known(position.received(), now);
    }
  }

  /** What an earlier bridge knew of it. */
  void restore(DeviceRecord left, long now) {
    newest = left.position();
    battery = left.battery();
    signal = left.signal();
    session = left.session();
    kind = left.kind();
    name = left.name();
    firmware = left.firmware();
    refused = left.refused();
    restored = true;
    life.restore(
        left.online(),
        left.offlineReason(),
        left.session() != null && left.offlineReason() == null,
        left.statusReceived(),
        left.lastSeen(),
        left.usualIntervalMillis(),
        now);
  }

  /** Ranks a location. */
  Position rank(Location location, long received, long counter) {
    boolean skewed = ClockSkew.skewed(location.timestamp(), received);
    long seq = arrivals.seq(location);
    Order order = skewed ? new Order(received, counter) : new Order(location.timestamp(), seq);
    return Position.of(id, location, order, received, skewed);
  }

  /**
   * The newest moves the marker; gives whether this one did.
   *
   * @param live whether it was published just now
   */
  boolean advance(Position position, boolean live) {
    if (newest != null
        && !position.order().isAfter(newest.order())
        && !(live && givesWay(newest, position))) {
      return false;
    }
    newest = position;
    return true;
  }

  /**
   * Whether a newest position is of a clock that was wrong, the device's or ours: it is later than
   * now, and what is published now is behind it by more than what comes out of order would be.
   */
  private static boolean givesWay(Position known, Position now) {
    long ahead = known.order().millis() - now.received();
    long behind = known.order().millis() - now.order().millis();
    return ahead > AHEAD_MILLIS
        && behind >= ahead / 2
        && now.received() - now.order().millis() <= Life.LATE_MILLIS;
  }

  /**
   * Applies a status; gives whether anything changed.
   *
   * @param mark what events must come behind to count as life, where it says offline
   */
  boolean apply(Status status, boolean retained, long received, LongSupplier mark) {
    if (retained && status.equals(applied)) {
      return false;
    }
    if (endsAnotherSession(status)) {
      return false;
    }
    boolean doubtful = retained && restored && applied == null && contradicts(status);
    applied = status;
    if (doubtful) {
      life.doubt(mark.getAsLong());
      return false;
    }
    boolean _ = life.seen(Life.ofStatus(status.online(), retained), received);
    life.said(
        status.online(),
        status.session() != null,
        received,
        status.online() ? 0 : mark.getAsLong());
    battery = status.battery() != null ? status.battery() : battery;
    signal = status.signal() != null ? status.signal() : signal;
    session = status.session() != null ? status.session() : session;
    kind = status.kind() != null ? status.kind() : kind;
    name = status.name() != null ? status.name() : name;
    firmware = status.firmware() != null ? status.firmware() : firmware;
    return true;
  }

  /** Whether it is a late end of an earlier connection, which changes nothing (P15). */
  boolean endsAnotherSession(Status status) {
    return !status.online()
        && status.session() != null
        && session != null
        && !status.session().equals(session);
  }

  /**
   * Whether an earlier bridge knew better than a status that the broker retained, maybe from long
   * before: a unit without sessions that published after its last will, or one presumed gone.
   */
  private boolean contradicts(Status status) {
    return life.online()
        ? !status.online() && status.session() == null
        : status.online()
            && life.offlineReason() != null
            && Objects.equals(status.session(), session);
  }

  /** Some of what it published was refused, or left out. */
  void refused(Refused more) {
    refused = more.after(refused);
  }

  DeviceRecord record() {
    return new DeviceRecord(
        id,
        newest,
        life.online(),
        life.offlineReason(),
        life.statusReceived(),
        life.lastSeen(),
        life.usualMillis(),
        battery,
        signal,
        session,
        kind,
        name,
        firmware,
        refused);
  }
}
