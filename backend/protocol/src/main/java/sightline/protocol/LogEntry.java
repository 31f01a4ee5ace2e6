package sightline.protocol;

import org.jspecify.annotations.Nullable;

/**
 * An entry of the event log, in the one order that history gives: {@code seq} is gap-free and
 * follows commit order. Immutable.
 */
public sealed interface LogEntry {
  /** The entry's number, from 1; what a cursor counts. */
  long seq();

  /** Which event it is about. */
  EventKey key();

  /**
   * An event that history has committed.
   *
   * @param seq the entry's number
   * @param event what happened
   */
  record Recorded(long seq, DeviceEvent event) implements LogEntry {
    @Override
    public EventKey key() {
      return event.key();
    }
  }

  /**
   * A dispatcher's acknowledgement of a recorded event.
   *
   * @param seq the entry's number
   * @param key which event
   * @param by the session's user
   * @param time when, epoch ms
   * @param note what the dispatcher wrote; null is none
   */
  record Acknowledged(long seq, EventKey key, String by, long time, @Nullable String note)
      implements LogEntry {}
}
