package sightline.bridge;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Whether two clients use one device's id, each of which ends the other's connection: the one place
 * that decides it (P62). A turn is a connection that the broker says another one took over, or an
 * end by last will with life of the device right behind it; a session that was over and comes back
 * is one too. Owned by the rounds thread.
 */
final class Rivals {
  /** So many turns within a minute are no bad link. */
  static final int TURNS = 5;

  private static final long WITHIN_NANOS = TimeUnit.MINUTES.toNanos(1);

  /** Life so soon after a last will is of a client that was connected already. */
  private static final long RIGHT_BEHIND_NANOS = TimeUnit.SECONDS.toNanos(2);

  private @Nullable String current;
  private @Nullable String former;
  private boolean returned;
  private long returnedNanos;
  private boolean ended;
  private long endedNanos;
  private int turns;
  private long firstTurnNanos;
  private boolean contended;
  private long contendedNanos;

  /** A live status said that it is online; gives whether that was one turn too many. */
  boolean online(@Nullable String session, long nanos) {
    boolean taking = session != null && alternate(session, nanos);
    boolean turn = alive(nanos);
    if (taking) {
      contend(nanos);
    }
    return taking || turn;
  }

  private boolean alternate(String session, long nanos) {
    if (session.equals(current)) {
      return false;
    }
    boolean back = session.equals(former);
    former = current;
    current = session;
    if (!back) {
      return false;
    }
    boolean again = returned && nanos - returnedNanos < WITHIN_NANOS;
    returned = true;
    returnedNanos = nanos;
    return again;
  }

  /** A live status, its last will mostly, said that it is offline. */
  void offline(long nanos) {
    ended = true;
    endedNanos = nanos;
  }

  /** Whether life of it now would be right behind its end. */
  boolean hasEnded() {
    return ended;
  }

  /** It published just now; gives whether that was one turn too many. */
  boolean alive(long nanos) {
    boolean turn = ended && nanos - endedNanos < RIGHT_BEHIND_NANOS;
    ended = false;
    return turn && turn(nanos);
  }

  /** The broker says that another client took its connection over; gives as the others. */
  boolean takenOver(long nanos) {
    return turn(nanos);
  }

  private boolean turn(long nanos) {
    if (turns == 0 || nanos - firstTurnNanos >= WITHIN_NANOS) {
      turns = 0;
      firstTurnNanos = nanos;
    }
    turns++;
    if (turns < TURNS && !contended(nanos)) {
      return false;
    }
    contend(nanos);
    return true;
  }

  private void contend(long nanos) {
    contended = true;
    contendedNanos = nanos;
  }

  /** Whether two clients used its id within the last minute: its last wills say little. */
  boolean contended(long nanos) {
    contended = contended && nanos - contendedNanos < WITHIN_NANOS;
    return contended;
  }
}
