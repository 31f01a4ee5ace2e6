package sightline.history;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sightline.bus.BusMessage;
import sightline.bus.BusUnavailable;
import sightline.bus.LiveBus;
import sightline.bus.PositionStream;
import sightline.bus.PositionStream.Cursor;
import sightline.bus.PositionStream.Page;
import sightline.time.RoleClock;

/**
 * Moves positions from the bus's stream into history in batches, removes what is past retention,
 * and says with a beat how far it is. One thread of its own does all of it, in turns: a beat, a
 * batch or a piece of retention, whichever is due, so that work never keeps the beat waiting for
 * more than one batch.
 *
 * <p>With history or the bus away it tries again, later each time; positions wait in the stream up
 * to its cap, and what is dropped there is counted.
 */
public final class Recorder implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Recorder.class);

  private static final Duration BEAT = Duration.ofMillis(500);
  private static final Duration RETENTION = Duration.ofHours(1);
  private static final Duration RETENTION_PAUSE = Duration.ofMillis(10);
  private static final Duration RETENTION_RETRY = Duration.ofMinutes(1);
  private static final Duration FIRST_RETRY = Duration.ofMillis(500);
  private static final Duration LONGEST_RETRY = Duration.ofSeconds(30);
  private static final Duration FLUSH = Duration.ofSeconds(10);
  private static final Duration FLUSH_RETRY = Duration.ofMillis(100);

  /** From one turn to the next while devices wait for the answer that theirs are in history. */
  private static final Duration AWAITED = Duration.ofMillis(100);

  /**
   * It reads on while more wait than so many full batches, or this part of what the stream may
   * hold.
   */
  private static final int READ_ON_BATCHES = 4;

  private static final int READ_ON_SHARE = 8;

  private final PositionStream stream;
  private final LiveBus bus;
  private final PositionStore positions;
  private final HistorySettings settings;
  private final RoleClock clock;
  private final RecorderMetrics metrics;
  private final Retention retention;
  private final Duration flush;
  private final Runnable failed;
  private final Thread thread;

  private volatile boolean stopping;

  // Owned by the recorder's thread.
  private @Nullable Cursor cursor;
  private Duration retry = Duration.ZERO;
  private long beatDue;
  private long batchDue;
  private long retentionDue;

  /**
   * Of these parts, none of which it opens or closes.
   *
   * @param failed told once it has ended by a defect: it must not be missed
   */
  public Recorder(
      PositionStream stream,
      LiveBus bus,
      PositionStore positions,
      EventLog events,
      HistorySettings settings,
      RoleClock clock,
      MeterRegistry registry,
      Runnable failed) {
    this(stream, bus, positions, events, settings, clock, registry, failed, FLUSH);
  }

  /** As above, with another deadline for the last flush. */
  Recorder(
      PositionStream stream,
      LiveBus bus,
      PositionStore positions,
      EventLog events,
      HistorySettings settings,
      RoleClock clock,
      MeterRegistry registry,
      Runnable failed,
      Duration flush) {
    this.stream = stream;
    this.bus = bus;
    this.positions = positions;
    this.settings = settings;
    this.clock = clock;
    this.metrics = new RecorderMetrics(registry);
    this.retention = new Retention(positions, events, settings, clock, metrics);
    this.flush = flush;
    this.failed = failed;
    this.thread = Thread.ofPlatform().name("recorder").unstarted(this::run);
  }

  /** Starts its thread. */
  public void start() {
    thread.start();
  }

  /** Writes what the stream still holds, within a deadline, and stops. */
  @Override
  public void close() {
    stopping = true;
    LockSupport.unpark(thread);
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      takeTurns();
      flush();
    } catch (RuntimeException | Error e) {
      LOG.error("The recorder has stopped by a defect", e);
      failed.run();
    }
  }

  private void takeTurns() {
    long now = clock.nanos();
    beatDue = now;
    batchDue = now;
    retentionDue = now;
    while (!stopping) {
      now = clock.nanos();
      if (now - beatDue >= 0) {
        beatDue = now + BEAT.toNanos();
        beat();
      } else if (now - batchDue >= 0) {
        batch(now);
      } else if (now - retentionDue >= 0) {
        retain(now);
      } else {
        LockSupport.parkNanos(this, Math.min(beatDue, Math.min(batchDue, retentionDue)) - now);
      }
    }
  }

  private void beat() {
    try {
      long now = clock.millis();
      Cursor from = cursor == null ? Cursor.START : cursor;
      Page next = stream.read(from, 1);
      if (retry.isZero() && cursor != null && cannotWait(next, from.id())) {
        batchDue = clock.nanos();
      }
      long waiting = next.positions().isEmpty() ? now : next.positions().getFirst().received();
      long lag = Math.max(0, now - waiting);
      metrics.lag(lag);
      // Of that millisecond itself there is at least one, or may come one, that is not stored.
      bus.beat(
          new BusMessage.RecorderBeat(
              waiting - 1, lag, retention.daysWaiting(), retention.eventsWaiting()));
    } catch (BusUnavailable e) {
      LOG.debug("no beat: {}", e.getMessage());
    }
  }

  private void batch(long now) {
    try {
      Duration next = moveBatch();
      if (!retry.isZero()) {
        LOG.info("history takes positions again");
        retry = Duration.ZERO;
      }
      batchDue = now + next.toNanos();
    } catch (HistoryUnavailable | BusUnavailable e) {
      retry = retry.isZero() ? FIRST_RETRY : min(retry.multipliedBy(2), LONGEST_RETRY);
      batchDue = now + retry.toNanos();
      LOG.warn("positions wait, next try in {} ms: {}", retry.toMillis(), e.getMessage());
    }
  }

  /** Whether somebody waits for an answer, or the stream would be overrun before the next turn. */
  private boolean cannotWait(Page next, long read) {
    long share =
        Math.min(
            stream.cap() / READ_ON_SHARE, READ_ON_BATCHES * (long) settings.recorderBatchRows());
    return next.awaited() > read || next.newest() - read > share;
  }

  /** Stores and trims one batch; says how long until the next: none where there may be more. */
  private Duration moveBatch() {
    Cursor from = cursor;
    if (from == null) {
      from = StreamCursor.parse(positions.cursor());
      // An earlier life may have ended after storing these: those who wait learn of it by this.
      stream.trim(from);
      cursor = from;
    }
    Page page = stream.read(from, settings.recorderBatchRows());
    if (page.positions().isEmpty() && page.unreadable() == 0) {
      return settings.recorderInterval();
    }
    long start = clock.nanos();
    PositionStore.Outcome outcome =
        positions.store(page.positions(), StreamCursor.format(page.end()));
    cursor = page.end();
    metrics.stored(outcome, Duration.ofNanos(clock.nanos() - start));
    metrics.missed(page.missed());
    metrics.unreadable(page.unreadable());
    if (page.missed() > 0) {
      LOG.warn("{} positions were dropped before they could be recorded", page.missed());
    }
    stream.trim(page.end());
    if (page.positions().size() == settings.recorderBatchRows()) {
      return Duration.ZERO;
    }
    return page.awaited() > from.id()
        ? min(AWAITED, settings.recorderInterval())
        : settings.recorderInterval();
  }

  private void retain(long now) {
    try {
      boolean more = retention.step();
      retentionDue = now + (more ? RETENTION_PAUSE : RETENTION).toNanos();
    } catch (HistoryUnavailable e) {
      retentionDue = now + RETENTION_RETRY.toNanos();
      LOG.warn("retention waits: {}", e.getMessage());
    }
  }

  private void flush() {
    long deadline = clock.nanos() + flush.toNanos();
    while (true) {
      try {
        if (!moveBatch().isZero()) {
          return;
        }
      } catch (HistoryUnavailable | BusUnavailable e) {
        if (clock.nanos() - deadline >= 0) {
          LOG.error("stopped with positions that are not in history: {}", e.getMessage());
          return;
        }
        LockSupport.parkNanos(this, FLUSH_RETRY.toNanos());
      }
    }
  }

  private static Duration min(Duration a, Duration b) {
    return a.compareTo(b) <= 0 ? a : b;
  }
}
