package sightline.bridge;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Whether two clients publish under one device's id: a session that was over comes back, again and
 * again. One that restarts names a new one, and one that reconnects its own. Owned by the rounds
 * thread.
 */
final class Sessions {
  private static final long WITHIN_NANOS = TimeUnit.MINUTES.toNanos(1);

  private @Nullable String current;
  private @Nullable String former;
  private boolean returned;
  private long returnedNanos;

  /** An online status that names its session came just now; gives whether the two alternate. */
  boolean alternate(String session, long nanos) {
    if (session.equals(current)) {
      return false;
    }
    boolean back = session.equals(former);
    former = current;
    current = session;
    boolean again = back && returned && nanos - returnedNanos < WITHIN_NANOS;
    if (back) {
      returned = true;
      returnedNanos = nanos;
    }
    return again;
  }
}
