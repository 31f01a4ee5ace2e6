package sightline.gateway;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import sightline.bus.BusMessage.BridgeBeat;
import sightline.bus.BusMessage.RecorderBeat;
import sightline.protocol.ServerMessage.Health;
import sightline.time.RoleClock;

/**
 * Says how fresh the picture is, and which part is to blame where it is not. Owned by the hub's
 * thread; {@link #now}, {@link #late} and {@link #ages} may be asked by any.
 */
final class HealthWatch {
  private final long timeoutNanos;
  private final OwnLag own;
  private final LongSupplier wallMillis;
  private final AtomicReference<@Nullable Health> ownFault = new AtomicReference<>();
  private volatile long heardNanos;
  private volatile long bridgeNanos;
  private volatile long recorderNanos;
  private volatile long brokerAgeMillis;
  private volatile long historyAgeMillis;
  private volatile long recordedThrough;
  private final Losses shed = new Losses();
  private final Losses dropped = new Losses();
  private volatile boolean busFailed;
  private volatile boolean historyFailed;
  private volatile Health now;
  private volatile Held held = new Held(0, 0);

  HealthWatch(Duration timeout, OwnLag own, RoleClock clock) {
    this.own = own;
    wallMillis = clock::millis;
    long nowNanos = clock.nanos();
    timeoutNanos = timeout.toNanos();
    heardNanos = nowNanos;
    bridgeNanos = nowNanos;
    recorderNanos = nowNanos;
    now = new Health(true, clock.millis(), null);
  }

  /** The newest verdict; while this gateway itself lags, that. */
  Health now() {
    if (!late()) {
      ownFault.set(null);
      return now;
    }
    Health known = ownFault.get();
    if (known == null) {
      known = new Health(false, wallMillis.getAsLong(), "gateway");
      if (!ownFault.compareAndSet(null, known)) {
        return now();
      }
    }
    return known;
  }

  /** Whether this gateway itself lags. */
  boolean late() {
    return own.late();
  }

  OwnLag own() {
    return own;
  }

  void heard(Inbox.Taken taken, long nowNanos) {
    BridgeBeat bridge = taken.bridgeBeat();
    RecorderBeat recorder = taken.recorderBeat();
    heardNanos = nowNanos;
    busFailed = false;
    own.heard();
    if (bridge != null) {
      bridgeNanos = nowNanos;
      brokerAgeMillis = bridge.brokerAgeMillis();
      historyAgeMillis = bridge.historyAgeMillis();
      shed.heard(bridge.positionsShed(), nowNanos);
      dropped.heard(bridge.brokerDropped(), nowNanos);
    }
    if (recorder != null) {
      recorderNanos = nowNanos;
      recordedThrough = recorder.recordedThrough();
      held = new Held(recorder.daysWaiting(), recorder.eventsWaiting());
    }
  }

  /**
   * What is past retention by the recorder's clock, and kept until a command says so.
   *
   * @param days of positions
   * @param events of the log
   */
  record Held(long days, long events) {}

  /** As the recorder last said; any thread. */
  Held held() {
    return held;
  }

  /** Positions received up to here are in history, epoch ms; 0 while the recorder is unheard. */
  long recordedThrough() {
    return recordedThrough;
  }

  /**
   * How long ago each part was last heard, ms.
   *
   * @param shed how many positions the bridge has shed
   * @param shedding whether some of them within the last minute
   * @param dropped how many messages the broker says it has dropped
   * @param dropping whether some of them within the last minute
   * @param busFailed whether the bus did not answer when it was asked
   * @param historyFailed whether history did not
   */
  record Ages(
      long bridgeMillis,
      long brokerMillis,
      long historyMillis,
      long recorderMillis,
      long shed,
      boolean shedding,
      long dropped,
      boolean dropping,
      boolean busFailed,
      boolean historyFailed) {}

  Ages ages(long nowNanos) {
    long bridgeMillis = (nowNanos - bridgeNanos) / 1_000_000;
    return new Ages(
        bridgeMillis,
        brokerAgeMillis + bridgeMillis,
        historyAgeMillis + bridgeMillis,
        (nowNanos - recorderNanos) / 1_000_000,
        shed.count(),
        shed.lately(nowNanos),
        dropped.count(),
        dropped.lately(nowNanos),
        busFailed,
        historyFailed);
  }

  /**
   * Whether nothing comes from the bus: then only asking it tells who is to blame. It has a second
   * to answer, after which its name must still come in time.
   */
  boolean silent(long nowNanos) {
    return nowNanos - heardNanos > timeoutNanos / 2;
  }

  void busAnswered(boolean answered) {
    busFailed = !answered;
  }

  boolean busFailed() {
    return busFailed;
  }

  void historyAnswered(boolean answered) {
    historyFailed = !answered;
  }

  /** Judges anew; gives whether the verdict changed. */
  boolean judge(long nowNanos, long nowMillis) {
    if (late()) {
      // Whether others are silent, or we did not listen, can't be told apart.
      return false;
    }
    String reason = reason(nowNanos);
    Health before = now;
    if (Objects.equals(reason, before.reason())) {
      return false;
    }
    now = new Health(reason == null, nowMillis, reason);
    return true;
  }

  private @Nullable String reason(long nowNanos) {
    long timeoutMillis = timeoutNanos / 1_000_000;
    long sinceBridge = nowNanos - bridgeNanos;
    if (busFailed) {
      return "bus";
    }
    if (sinceBridge > timeoutNanos) {
      return "bridge";
    }
    // Between two beats the ages go on; a bridge that falls silent must not look like them.
    long sinceBridgeMillis = Math.min(sinceBridge / 1_000_000, timeoutMillis * 2 / 5);
    if (brokerAgeMillis + sinceBridgeMillis > timeoutMillis) {
      return "broker";
    }
    if (historyFailed || historyAgeMillis + sinceBridgeMillis > timeoutMillis) {
      return "history";
    }
    return nowNanos - recorderNanos > timeoutNanos ? "recorder" : null;
  }
}
