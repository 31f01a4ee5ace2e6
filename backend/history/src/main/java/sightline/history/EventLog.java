package sightline.history;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import sightline.protocol.DeviceEvent;
import sightline.protocol.EventKey;
import sightline.protocol.LogEntry;

/**
 * The log of events and acknowledgements: one order, made here, kept for as long as retention says.
 *
 * <p>Every call blocks, may come from any thread, and throws {@link HistoryUnavailable} where the
 * store did not answer: nothing is then known of a write, and the same call again is harmless. What
 * a write has returned is on disk. {@code seq} is gap-free from 1 and follows commit order.
 */
public interface EventLog extends Retained, AutoCloseable {
  /**
   * Appends a group in one commit, in order; an event whose key is in the log already is not
   * appended again. One that the store refuses goes to the dead letters, the rest go on.
   *
   * @param token the writer's lease; the fence rises to it in the same transaction
   * @return what became of each, in the order given
   * @throws FencedOut where the fence is higher than the token; nothing is written
   */
  List<Appended> append(long token, List<DeviceEvent> events);

  /**
   * Appends a dispatcher's acknowledgement; the first one stands.
   *
   * @return the entry now in the log, the earlier one where there was one, or null where no such
   *     event is in the log
   */
  LogEntry.@Nullable Acknowledged acknowledge(
      EventKey key, String by, long time, @Nullable String note);

  /** The entries after a number, oldest first, at most {@code limit}. */
  List<LogEntry> after(long seq, int limit);

  /** Events by the query, newest first. */
  List<Stored> query(EventQuery query);

  /** One event, or null. */
  @Nullable Stored find(EventKey key);

  /**
   * Critical events that nobody has acknowledged, by number, after one; at most {@code limit}.
   * There may be very many, so only what names them is read.
   */
  List<OpenAlarm> openAlarms(long afterSeq, int limit);

  /** All of them, in pages. */
  default void eachOpenAlarms(Consumer<List<OpenAlarm>> page) {
    long after = 0;
    List<OpenAlarm> read;
    do {
      read = openAlarms(after, OpenAlarm.PAGE);
      if (!read.isEmpty()) {
        page.accept(read);
        after = read.getLast().seq();
      }
    } while (read.size() == OpenAlarm.PAGE);
  }

  /**
   * The entries of a span of the past, by their moment (an event's is when it was received, an
   * acknowledgement's when it was made, epoch ms), then seq; at most {@code limit}.
   *
   * @param from those at a moment after it, or at it with a higher seq than {@code afterSeq}
   * @param to those at a moment before it
   */
  List<LogEntry> within(long from, long afterSeq, long to, int limit);

  /**
   * Critical events received before a moment that nobody had acknowledged before it, the newest
   * {@code limit} of them, newest first.
   */
  List<DeviceEvent> openCriticalAt(long millis, int limit);

  /** The newest entry's number, 0 while the log is empty. */
  long newest();

  /** The highest token that has written; a new lease is above it. */
  long fence();

  /**
   * Deletes events received before a time (epoch ms), with their acknowledgements. Who calls it has
   * an allowance, or a person's word: {@link RetentionAllowance}. Nothing is known of them after
   * that: one that comes again is a new event.
   *
   * @param limit at most this many in one call, so that it never keeps an append waiting for long
   * @return how many events are gone; fewer than the limit once none is left
   */
  int retain(long sinceMillis, int limit);

  @Override
  void close();

  /** What became of an event that was to be appended. */
  sealed interface Appended {
    /** It is in the log now. */
    record New(LogEntry.Recorded entry) implements Appended {}

    /**
     * It was there before.
     *
     * @param acknowledged the acknowledgement that it has, or null
     */
    record Known(LogEntry.Recorded entry, LogEntry.@Nullable Acknowledged acknowledged)
        implements Appended {
      /** One that nobody has acknowledged. */
      public Known(LogEntry.Recorded entry) {
        this(entry, null);
      }
    }

    /** The store refuses it for good; it is among the dead letters. */
    record Refused(EventKey key, String detail) implements Appended {}
  }

  /**
   * An event with its acknowledgement.
   *
   * @param entry the event and its number
   * @param acknowledged the acknowledgement, or null
   */
  record Stored(LogEntry.Recorded entry, LogEntry.@Nullable Acknowledged acknowledged) {}
}
