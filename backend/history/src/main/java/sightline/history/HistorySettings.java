package sightline.history;

import java.time.Duration;

/**
 * The settings of history and recorder. Immutable.
 *
 * @param eventsRetention how long an event is kept after it was received, at least a day
 * @param positionsRetention how long a position is kept, in whole days, at least one
 * @param readers how many reads of a store may run at once, 1 to 64
 * @param recorderInterval how often positions are written, at least 100 ms
 * @param recorderBatchRows how many positions go into one transaction, 1 to 1,000,000
 */
public record HistorySettings(
    Duration eventsRetention,
    Duration positionsRetention,
    int readers,
    Duration recorderInterval,
    int recorderBatchRows) {
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration MOST = Duration.ofDays(36_500);

  /** What holds where nothing is set. */
  public static final HistorySettings DEFAULT =
      new HistorySettings(
          Duration.ofDays(400), Duration.ofDays(30), 4, Duration.ofSeconds(30), 20_000);

  /** Checks each. */
  public HistorySettings {
    between("events-retention", eventsRetention, DAY, MOST);
    between("positions-retention", positionsRetention, DAY, MOST);
    between("readers", readers, 1, 64);
    between("recorder-interval", recorderInterval, Duration.ofMillis(100), Duration.ofHours(1));
    between("recorder-batch-rows", recorderBatchRows, 1, 1_000_000);
  }

  private static <T extends Comparable<T>> void between(String name, T value, T least, T most) {
    if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
      throw new IllegalArgumentException(
          name + " must be from " + least + " to " + most + ", not " + value);
    }
  }
}
