package sightline.gateway;

import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sightline.bus.BusUnavailable;
import sightline.bus.DeviceRecord;
import sightline.bus.HotState;
import sightline.history.HistoryUnavailable;
import sightline.protocol.LogEntry;
import sightline.time.RoleClock;

/**
 * Reads from hot state and history what the bus did not bring: at the start, after a hole, and
 * while it is silent. Owned by the hub's thread; the reads run elsewhere, one of each at a time.
 */
final class Mending {
  private static final Logger LOG = LoggerFactory.getLogger(Mending.class);
  private static final long RETRY_NANOS = 1_000_000_000;

  /** From one read that was answered to the next, so that many holes cost few reads. */
  private static final long AGAIN_NANOS = 100_000_000;

  /** From one look at whether the log still has what was shown to the next. */
  private static final long CHECK_NANOS = 5_000_000_000L;

  private static final int PAGE = 1_000;

  private final Sources sources;
  private final Consumer<Consumer<HubState>> submit;
  private final HotSync sync;
  private final EventFeed feed;
  private final HealthWatch health;
  private final RoleClock clock;
  private final GatewayMetrics metrics;
  private final long startNanos;
  private boolean readingLog;
  private boolean logKnown;
  private boolean checkingLog;
  private boolean readingEntries;
  private long hotBegunNanos;
  private long nextHotNanos;
  private long nextProbeNanos;
  private long nextLogNanos;
  private long nextCheckNanos;
  private long nextEntriesNanos;
  private long nextPollNanos;

  Mending(
      Sources sources,
      Consumer<Consumer<HubState>> submit,
      HotSync sync,
      EventFeed feed,
      HealthWatch health,
      RoleClock clock,
      GatewayMetrics metrics) {
    this.sources = sources;
    this.submit = submit;
    this.sync = sync;
    this.feed = feed;
    this.health = health;
    this.clock = clock;
    this.metrics = metrics;
    startNanos = clock.nanos();
    nextHotNanos = startNanos;
    nextProbeNanos = startNanos;
    nextLogNanos = startNanos;
    nextCheckNanos = startNanos + CHECK_NANOS;
    nextEntriesNanos = startNanos;
    nextPollNanos = startNanos;
  }

  /** Whether hot state and the log's newest entry are known. */
  boolean known() {
    return sync.synced() && logKnown;
  }

  /**
   * Whether a browser can be given a snapshot: all is known, or the bus has been away since the
   * start and what history has must do.
   */
  boolean presentable(long now) {
    return feed.based() && (sync.synced() || now - startNanos > 2 * RETRY_NANOS);
  }

  void tick(long now) {
    boolean silent = health.silent(now);
    if (sync.reading() && now - hotBegunNanos > RETRY_NANOS) {
      health.busAnswered(false);
    }
    if ((!logKnown || feed.wantsAlarms()) && !readingLog && now >= nextLogNanos) {
      readLog();
    }
    if (logKnown && !checkingLog && now >= nextCheckNanos) {
      checkLog(now);
    }
    if (silent && !sync.reading() && now >= nextProbeNanos) {
      nextProbeNanos = now + RETRY_NANOS;
      readHot(now);
    }
    if (silent && now >= nextPollNanos) {
      nextPollNanos = now + RETRY_NANOS;
      readEntries(now);
    }
    mend(now);
  }

  /** Starts the reads that a hole asks for. */
  void mend(long now) {
    if (sync.needsRead() && now >= nextHotNanos) {
      readHot(now);
    }
    if (feed.behind() && now >= nextEntriesNanos) {
      readEntries(now);
    }
  }

  /** Runs a blocking task beside the hub. */
  void blocking(Runnable task) {
    sources.blocking().execute(task);
  }

  /** Entries after a number, from history; blocks, so it runs in {@link #blocking}. */
  List<LogEntry> read(long after, int limit) {
    return sources.log().after(after, limit);
  }

  /** The newest entry in history; blocks, so it runs in {@link #blocking}. */
  long newest() {
    return sources.log().newest();
  }

  /** Runs something on the hub's thread. */
  void submit(Consumer<HubState> command) {
    submit.accept(command);
  }

  private void readHot(long now) {
    boolean wasSynced = sync.synced();
    hotBegunNanos = now;
    nextHotNanos = now + RETRY_NANOS;
    sync.readBegins();
    feed.readBegins();
    blocking(
        () -> {
          try {
            HotState.Snapshot hot = sources.hot().read();
            submit.accept(hub -> hotRead(hub, hot, wasSynced));
          } catch (BusUnavailable e) {
            submit.accept(
                hub -> {
                  LOG.info("hot state can't be read: {}", e.getMessage());
                  sync.readFailed();
                  feed.readFailed();
                  health.busAnswered(false);
                });
          }
        });
  }

  private void hotRead(HubState hub, HotState.Snapshot hot, boolean wasSynced) {
    if (sync.turnedBack(hot)) {
      health.busAnswered(true);
      sync.readFailed();
      sync.lose();
      feed.readFailed();
      nextHotNanos = clock.nanos() + AGAIN_NANOS;
      return;
    }
    boolean changed = !wasSynced || sync.differs(hot) || health.busFailed();
    health.busAnswered(true);
    nextHotNanos = clock.nanos() + AGAIN_NANOS;
    List<DeviceRecord> records = sync.readEnds(hot);
    if (records == null) {
      feed.readFailed();
      return;
    }
    feed.readEnds(hot.pending());
    if (changed) {
      metrics.resyncs.increment();
      hub.replace(records);
    }
  }

  private void readLog() {
    readingLog = true;
    nextLogNanos = clock.nanos() + RETRY_NANOS;
    feed.alarmReadBegins();
    blocking(
        () -> {
          try {
            long newest = sources.log().newest();
            sources.log().eachOpenAlarms(page -> submit.accept(hub -> feed.alarmsRead(page)));
            submit.accept(
                hub -> {
                  readingLog = false;
                  logKnown = true;
                  health.historyAnswered(true);
                  feed.base(newest);
                  feed.alarmReadEnds();
                });
          } catch (HistoryUnavailable e) {
            submit.accept(
                hub -> {
                  LOG.info("the event log can't be read: {}", e.getMessage());
                  readingLog = false;
                  feed.alarmReadFailed();
                  health.historyAnswered(false);
                });
          }
        });
  }

  /** What a restored or replaced log records anew would pass for known, and be shown to nobody. */
  private void checkLog(long now) {
    checkingLog = true;
    nextCheckNanos = now + CHECK_NANOS;
    long shown = feed.ring().newest();
    blocking(
        () -> {
          try {
            long newest = sources.log().newest();
            submit.accept(
                hub -> {
                  checkingLog = false;
                  health.historyAnswered(true);
                  if (newest < shown) {
                    throw LogReplaced.shorter(newest, shown);
                  }
                });
          } catch (HistoryUnavailable e) {
            submit.accept(hub -> checkingLog = false);
          }
        });
  }

  private void readEntries(long now) {
    if (readingEntries || !feed.based()) {
      return;
    }
    readingEntries = true;
    nextEntriesNanos = now + RETRY_NANOS;
    long after = feed.ring().newest();
    blocking(
        () -> {
          try {
            List<LogEntry> entries = sources.log().after(after, PAGE);
            submit.accept(hub -> entriesRead(after, entries));
          } catch (HistoryUnavailable e) {
            submit.accept(
                hub -> {
                  LOG.info("entries can't be read: {}", e.getMessage());
                  readingEntries = false;
                  health.historyAnswered(false);
                });
          }
        });
  }

  private void entriesRead(long after, List<LogEntry> entries) {
    readingEntries = false;
    if (!entries.isEmpty() && entries.getFirst().seq() > after + 1) {
      throw LogReplaced.jumps(after, entries.getFirst().seq());
    }
    health.historyAnswered(true);
    feed.entries(entries);
    if (entries.size() == PAGE || (feed.behind() && !entries.isEmpty())) {
      nextEntriesNanos = clock.nanos();
      mend(nextEntriesNanos);
    } else {
      nextEntriesNanos = clock.nanos() + AGAIN_NANOS / 2;
    }
  }
}
