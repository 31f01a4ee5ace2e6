package sightline.time;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * A role's one clock: wall time for people and devices, monotonic time for waiting and for whatever
 * destroys. It notices when the wall clock is stepped. Any thread.
 *
 * <p>Durations, deadlines and ages are differences of {@link #nanos}, which no step changes. Who
 * keeps a wall time compares {@link #steppedMillis} with what it was when that time was taken.
 */
public final class RoleClock implements InstantSource {
  /** A jump of wall against monotonic time by this much or more, ms, is a step; less is slewing. */
  public static final long STEP_MILLIS = 1_000;

  /** Less than this, ms, is the noise of two readings. */
  private static final long NOISE_MILLIS = 100;

  /** Two readings further apart than this are not of one moment. */
  private static final long ONE_MOMENT_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  private static final int READINGS = 5;

  private final InstantSource wall;
  private final LongSupplier monotonic;
  private final LongConsumer stepped;
  private final long startNanos;
  private final ReentrantLock lock = new ReentrantLock();

  /** Wall minus monotonic time, ms, as last believed. Written under the lock. */
  private volatile long offset;

  private final AtomicLong sumMillis = new AtomicLong();
  private final AtomicLong count = new AtomicLong();

  @GuardedBy("lock")
  private Reading last;

  /** Of one moment: monotonic nanoseconds and epoch ms. */
  private record Reading(long nanos, long wall) {
    long offset() {
      return wall - TimeUnit.NANOSECONDS.toMillis(nanos);
    }
  }

  /**
   * Over these two.
   *
   * @param monotonic nanoseconds, as {@link System#nanoTime}
   * @param stepped called with each step's signed length, ms, on the thread that notices it; it
   *     must not block
   */
  public RoleClock(InstantSource wall, LongSupplier monotonic, LongConsumer stepped) {
    this.wall = wall;
    this.monotonic = monotonic;
    this.stepped = stepped;
    startNanos = monotonic.getAsLong();
    last = read();
    offset = last.offset();
  }

  /** The machine's clocks. */
  public static RoleClock system(LongConsumer stepped) {
    return new RoleClock(InstantSource.system(), System::nanoTime, stepped);
  }

  /** The machine's clocks, where nobody asks about steps. */
  public static RoleClock system() {
    return system(step -> {});
  }

  /** Of two sources; steps are counted only. */
  public static RoleClock of(InstantSource wall, LongSupplier monotonic) {
    return new RoleClock(wall, monotonic, step -> {});
  }

  /** Epoch ms, as the machine believes at this moment. */
  @Override
  public long millis() {
    Reading now = read();
    if (Math.abs(now.offset() - offset) >= NOISE_MILLIS) {
      follow();
    }
    return now.wall();
  }

  @Override
  public Instant instant() {
    return Instant.ofEpochMilli(millis());
  }

  /** Monotonic nanoseconds; only differences mean something. */
  public long nanos() {
    return monotonic.getAsLong();
  }

  /** Monotonic ms since this clock was made. */
  public long uptimeMillis() {
    return TimeUnit.NANOSECONDS.toMillis(monotonic.getAsLong() - startNanos);
  }

  /** How many steps were noticed. */
  public long steps() {
    long _ = millis();
    return count.get();
  }

  /** The signed sum of all steps noticed so far, ms: forward is positive. */
  public long steppedMillis() {
    long _ = millis();
    return sumMillis.get();
  }

  private void follow() {
    long step;
    lock.lock();
    try {
      Reading now = read();
      if (now.nanos() - last.nanos() < 0) {
        return;
      }
      step = now.offset() - offset;
      last = now;
      offset = now.offset();
      if (Math.abs(step) < STEP_MILLIS) {
        return;
      }
      sumMillis.addAndGet(step);
      count.incrementAndGet();
    } finally {
      lock.unlock();
    }
    stepped.accept(step);
  }

  /** Both clocks at one moment, even where this thread is stopped between the two. */
  private Reading read() {
    long nanos = monotonic.getAsLong();
    long millis = wall.millis();
    for (int i = 1; i < READINGS; i++) {
      long after = monotonic.getAsLong();
      if (after - nanos <= ONE_MOMENT_NANOS) {
        break;
      }
      nanos = after;
      millis = wall.millis();
    }
    return new Reading(nanos, millis);
  }
}
