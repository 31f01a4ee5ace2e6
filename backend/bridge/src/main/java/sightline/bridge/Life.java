package sightline.bridge;

import org.jspecify.annotations.Nullable;

/**
 * Whether one device lives: the one place that decides what a message says of that. Only what was
 * published after its last will and received live counts; retained messages, what waited in a
 * session, and a broker's replay do not. Owned by the rounds thread.
 */
final class Life {
  /** What a message says of its device's life. */
  enum Evidence {
    /** Published just now, of now. */
    NOW,
    /** Published just now, of earlier: a buffer or a late clock. The device is there, not fresh. */
    LATE,
    /** It says nothing of now. */
    NONE
  }

  /** What a device tells of so long ago, ms, it does not tell of now. */
  static final long LATE_MILLIS = 60_000;

  private final Rhythm rhythm = new Rhythm();
  private boolean online = true;
  private @Nullable String offlineReason;

  /** Whether its own session said goodbye: only an online status brings such a device back. */
  private boolean endedBySession;

  /** Events count only behind the mark of this number; 0: every live one. */
  private long absence;

  private boolean onProbation;
  private long statusReceived;
  private long lastSeen;

  /** Of locations, by the time of the newest of them. */
  static Evidence ofLocations(boolean retained, long newestMillis, long received) {
    if (retained) {
      return Evidence.NONE;
    }
    return received - newestMillis > LATE_MILLIS ? Evidence.LATE : Evidence.NOW;
  }

  /** Of a status. */
  static Evidence ofStatus(boolean online, boolean retained) {
    return online && !retained ? Evidence.NOW : Evidence.NONE;
  }

  /**
   * Of an event, which comes by another connection than the last will.
   *
   * @param proven the newest mark that came back before it; negative while what waited may come
   */
  Evidence ofEvent(long proven) {
    return proven >= 0 && proven >= absence && !endedBySession ? Evidence.NOW : Evidence.NONE;
  }

  /** Takes over what an earlier bridge knew; nothing of it is later than now, epoch ms. */
  void restore(
      boolean wasOnline,
      @Nullable String reason,
      boolean bySession,
      long status,
      long seen,
      long usualMillis,
      long now) {
    online = wasOnline;
    offlineReason = reason;
    endedBySession = !wasOnline && bySession;
    statusReceived = Math.min(status, now);
    lastSeen = Math.min(seen, now);
    rhythm.restore(usualMillis);
  }

  /** History knows that it was received then, epoch ms. */
  void known(long received, long now) {
    lastSeen = Math.max(lastSeen, Math.min(received, now));
  }

  /** This machine's clock was stepped: ages stay what they are. */
  void shift(long millis) {
    lastSeen = lastSeen == 0 ? 0 : Math.max(1, lastSeen + millis);
    statusReceived = statusReceived == 0 ? 0 : Math.max(1, statusReceived + millis);
  }

  /** It published; gives whether that brought it back online. */
  boolean seen(Evidence evidence, long received) {
    if (evidence == Evidence.NONE) {
      return false;
    }
    if (evidence == Evidence.NOW) {
      if (lastSeen > 0 && received > lastSeen) {
        rhythm.add(received - lastSeen);
      }
      lastSeen = received;
    }
    onProbation = false;
    if (online || endedBySession) {
      return false;
    }
    online = true;
    offlineReason = null;
    statusReceived = received;
    return true;
  }

  /**
   * Its status said so.
   *
   * @param bySession whether the status names the device's session
   * @param mark what events must come behind to count from now on, where it is offline
   */
  void said(boolean isOnline, boolean bySession, long received, long mark) {
    online = isOnline;
    offlineReason = null;
    onProbation = onProbation && isOnline;
    endedBySession = !isOnline && bySession;
    absence = isOnline ? absence : mark;
    statusReceived = received;
  }

  /**
   * It is presumed gone unless it shows life, where it has shown none since a time (epoch ms).
   *
   * @param mark what events must come behind to count
   */
  void putOnProbation(long since, long mark) {
    onProbation = online && lastSeen < since;
    absence = onProbation ? mark : absence;
  }

  /** What the broker retained contradicts what is known: it must show life. */
  void doubt(long mark) {
    putOnProbation(Long.MAX_VALUE, mark);
  }

  /** Whether it has not shown life, and so is offline from now on. */
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

  boolean online() {
    return online;
  }

  @Nullable String offlineReason() {
    return offlineReason;
  }

  /** When its status last changed, epoch ms by this machine's clock as it is now. */
  long statusReceived() {
    return statusReceived;
  }

  /** When it last showed that it lives, epoch ms by this machine's clock as it is now. */
  long lastSeen() {
    return lastSeen;
  }

  long usualMillis() {
    return rhythm.usualMillis();
  }
}
