package sightline.gateway;

/**
 * History is not the log that browsers were shown: it was restored, or a standby without the last
 * commits took over. Only a gateway that starts anew tells what is recorded from here on.
 */
final class LogReplaced extends RuntimeException {
  private static final long serialVersionUID = 1;

  private LogReplaced(String what) {
    super(what + ": history was restored or replaced");
  }

  /** It ends before an entry that was shown. */
  static LogReplaced shorter(long newest, long shown) {
    return new LogReplaced(
        "history ends at entry %d, but entry %d was shown".formatted(newest, shown));
  }

  /** It has no entry after the one that was shown, but later ones. */
  static LogReplaced jumps(long shown, long next) {
    return new LogReplaced("after entry %d history goes on with %d".formatted(shown, next));
  }
}
