package sightline.gateway;

/** Whether a browser still reads and answers, and whether it is time for a word. Its loop's. */
final class Liveness {
  private final long heartbeatNanos;
  private final long clockNanos = 5_000_000_000L;
  private final long pingNanos;
  private final long pongNanos;
  private final long notReadingNanos;
  private long wroteNanos;
  private long heartbeatAtNanos;
  private long readNanos;
  private long pingedNanos;
  private boolean pinged;
  private boolean writable = true;
  private long fullSinceNanos;

  /** What is to be done. */
  enum Verdict {
    WELL,
    HEARTBEAT,
    PING,
    SILENT,
    NOT_READING
  }

  Liveness(LiveSettings settings, long nowNanos) {
    heartbeatNanos = settings.heartbeat().toNanos();
    pingNanos = settings.pingAfter().toNanos();
    pongNanos = settings.pongWithin().toNanos();
    notReadingNanos = settings.notReadingTimeout().toNanos();
    wroteNanos = nowNanos;
    heartbeatAtNanos = nowNanos;
    readNanos = nowNanos;
  }

  void wrote(long nowNanos) {
    wroteNanos = nowNanos;
  }

  void heartbeat(long nowNanos) {
    wroteNanos = nowNanos;
    heartbeatAtNanos = nowNanos;
  }

  void read(long nowNanos) {
    readNanos = nowNanos;
    pinged = false;
  }

  void writable(boolean now, long nowNanos) {
    if (!now && writable) {
      fullSinceNanos = nowNanos;
    }
    writable = now;
  }

  /**
   * Looks at the clock.
   *
   * @param open whether it can be written to
   */
  Verdict judge(long now, boolean open) {
    if (!writable && now - fullSinceNanos > notReadingNanos) {
      return Verdict.NOT_READING;
    }
    if (pinged && now - pingedNanos > pongNanos) {
      return Verdict.SILENT;
    }
    if (!pinged && open && now - readNanos > pingNanos) {
      pinged = true;
      pingedNanos = now;
      return Verdict.PING;
    }
    boolean due = now - wroteNanos >= heartbeatNanos || now - heartbeatAtNanos >= clockNanos;
    return open && due ? Verdict.HEARTBEAT : Verdict.WELL;
  }
}
