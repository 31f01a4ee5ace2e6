package sightline.gateway;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import sightline.bus.BusMessage.BridgeBeat;
import sightline.bus.BusMessage.RecorderBeat;
import sightline.protocol.ServerMessage.Health;

/**
 * Says how fresh the picture is, and which part is to blame where it is not. Owned by the hub's
 * thread; {@link #now} may be read by any.
 */
final class HealthWatch {
  private final long timeoutNanos;
  private long heardNanos;
  private long bridgeNanos;
  private long recorderNanos;
  private long brokerAgeMillis;
  private long historyAgeMillis;
  private long recordedThrough;
  private boolean busFailed;
  private boolean historyFailed;
  private volatile Health now;

  HealthWatch(Duration timeout, long nowNanos, long nowMillis) {
    timeoutNanos = timeout.toNanos();
    heardNanos = nowNanos;
    bridgeNanos = nowNanos;
    recorderNanos = nowNanos;
    now = new Health(true, nowMillis, null);
  }

  /** The newest verdict. */
  Health now() {
    return now;
  }

  void heard(Inbox.Taken taken, long nowNanos) {
    BridgeBeat bridge = taken.bridgeBeat();
    RecorderBeat recorder = taken.recorderBeat();
    heardNanos = nowNanos;
    busFailed = false;
    if (bridge != null) {
      bridgeNanos = nowNanos;
      brokerAgeMillis = bridge.brokerAgeMillis();
      historyAgeMillis = bridge.historyAgeMillis();
    }
    if (recorder != null) {
      recorderNanos = nowNanos;
      recordedThrough = recorder.recordedThrough();
    }
  }

  /** Positions received up to here are in history, epoch ms; 0 while the recorder is unheard. */
  long recordedThrough() {
    return recordedThrough;
  }

  /**
   * How long ago each part was last heard, ms.
   *
   * @param busFailed whether the bus did not answer when it was asked
   * @param historyFailed whether history did not
   */
  record Ages(
      long bridgeMillis,
      long brokerMillis,
      long historyMillis,
      long recorderMillis,
      boolean busFailed,
      boolean historyFailed) {}

  Ages ages(long nowNanos) {
    long bridgeMillis = (nowNanos - bridgeNanos) / 1_000_000;
    return new Ages(
        bridgeMillis,
        brokerAgeMillis + bridgeMillis,
        historyAgeMillis + bridgeMillis,
        (nowNanos - recorderNanos) / 1_000_000,
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
