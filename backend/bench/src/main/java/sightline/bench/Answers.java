package sightline.bench;

import java.util.Arrays;
import org.HdrHistogram.Histogram;

/**
 * Which position of each device each browser holds, and how late every (position, browser) pair was
 * answered: by that position or a newer one of the same device. Owned by the generator's thread.
 */
final class Answers {
  private static final long LONGEST_NANOS = 600_000_000_000L;

  private final Schedule schedule;
  private final Window window;
  private final int[] held;
  private final boolean[] owed;
  private final Histogram latency = new Histogram(LONGEST_NANOS, 3);
  private final long expected;
  private final int earliest;
  private long delivered;
  private long repeated;
  private long reordered;
  private long unknown;

  /**
   * @param sample whose answers they are
   * @param owing what each of them is owed
   */
  Answers(Schedule schedule, Sample sample, Owing owing, Window window) {
    this.schedule = schedule;
    this.window = window;
    held = new int[sample.size() * schedule.devices()];
    Arrays.fill(held, Schedule.EARLIER);
    owed = new boolean[held.length];
    earliest = schedule.dueBy(window.fromNanos());
    expected = owe(sample, owing);
  }

  private long owe(Sample sample, Owing owing) {
    int last = schedule.dueBy(window.endNanos()) + 1;
    long pairs = 0;
    for (int slot = 0; slot < owed.length; slot++) {
      int browser = sample.browser(slot / schedule.devices());
      int device = slot % schedule.devices();
      owed[slot] = owing.owes(browser, device, schedule.devices(), last);
      pairs +=
          owed[slot]
              ? schedule.dueBefore(device, window.dueNanos())
                  - schedule.dueBefore(device, window.fromNanos())
              : 0;
    }
    return pairs;
  }

  /**
   * The browser at that place of the sample read a position of a device, at that moment by {@link
   * System#nanoTime}.
   */
  void position(int place, int device, long timestamp, long nowNanos) {
    int slot = place * schedule.devices() + device;
    int sequence = schedule.sequence(device, timestamp);
    int before = held[slot];
    if (sequence == Schedule.UNKNOWN) {
      unknown++;
    } else if (sequence < before) {
      reordered++;
    } else if (sequence == before) {
      repeated++;
    } else {
      held[slot] = sequence;
      if (window.open(nowNanos)) {
        delivered++;
        if (owed[slot]) {
          answer(device, before + 1, sequence, nowNanos);
        }
      }
    }
  }

  /** Whether the window is open at that moment. */
  boolean open(long nowNanos) {
    return window.open(nowNanos);
  }

  private void answer(int device, int first, int last, long nowNanos) {
    for (int sequence = Math.max(first, earliest); sequence <= last; sequence++) {
      long due = schedule.dueNanos(device, sequence);
      if (window.counts(due)) {
        latency.recordValue(Math.clamp(nowNanos - due, 0, LONGEST_NANOS));
      }
    }
  }

  /** Nanoseconds of every pair that was answered within the run. */
  Histogram latency() {
    return latency;
  }

  /** The share of pairs that were answered within the run. */
  double satisfied() {
    return expected == 0 ? 0 : (double) latency.getTotalCount() / expected;
  }

  long expected() {
    return expected;
  }

  /** Positions that were news to their browser, a second of the window. */
  double deliveredPerSecond() {
    return delivered / window.seconds();
  }

  /** Positions that a browser already held; a change of state repeats one. */
  long repeated() {
    return repeated;
  }

  /** Positions older than what the browser held: the system broke its order. */
  long reordered() {
    return reordered;
  }

  /** Positions that nobody sent. */
  long unknown() {
    return unknown;
  }
}
