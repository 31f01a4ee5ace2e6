package sightline.bridge;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sightline.bridge.WaitingEvents.Delivery;
import sightline.bridge.WaitingEvents.Waiting;
import sightline.history.EventLog;
import sightline.history.EventLog.Appended;
import sightline.history.FencedOut;
import sightline.history.HistoryUnavailable;
import sightline.protocol.DeviceEvent;
import sightline.protocol.EventContent;
import sightline.protocol.EventKey;
import sightline.protocol.JsonOut;
import sightline.protocol.LogEntry;
import sightline.protocol.RejectReason;
import sightline.protocol.RejectedPayload;
import sightline.protocol.Topics;

/**
 * The event path's one thread: commits what waits in groups, then tells the bus, the device and the
 * broker, in that order. It alone appends events.
 */
final class Commits implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Commits.class);
  private static final long IDLE_MILLIS = 500;
  private static final long FIRST_RETRY_MILLIS = 50;
  private static final long LAST_RETRY_MILLIS = 2_000;
  private static final int PRELOADED = 10_000;

  /** An event may hold 16 KiB: all at once would take a large part of a small heap. */
  private static final int PRELOAD_PAGE = 500;

  private final EventLog events;
  private final PendingEvents pending;
  private final WaitingEvents waiting;
  private final RecentKeys recent;
  private final MqttPublisher publisher;
  private final BridgeMetrics metrics;
  private final long token;
  private final int groupLimit;
  private final Runnable failed;
  private final AtomicLong newest = new AtomicLong();
  private final AtomicLong answeredNanos = new AtomicLong(System.nanoTime());
  private final Thread thread;
  private volatile boolean closing;

  Commits(
      EventLog events,
      PendingEvents pending,
      WaitingEvents waiting,
      RecentKeys recent,
      MqttPublisher publisher,
      BridgeMetrics metrics,
      long token,
      int groupLimit,
      Runnable failed) {
    this.events = events;
    this.pending = pending;
    this.waiting = waiting;
    this.recent = recent;
    this.publisher = publisher;
    this.metrics = metrics;
    this.token = token;
    this.groupLimit = groupLimit;
    this.failed = failed;
    thread = Thread.ofPlatform().name("bridge-commits").unstarted(this::run);
  }

  /** Raises the fence, by which an earlier bridge knows that it is over; learns the newest keys. */
  void load() {
    var _ = events.append(token, List.of());
    answered(events.newest());
    long read = Math.max(0, newest.get() - PRELOADED);
    List<LogEntry> page;
    do {
      page = events.after(read, PRELOAD_PAGE);
      page.forEach(this::know);
      read = page.isEmpty() ? read : page.getLast().seq();
    } while (page.size() == PRELOAD_PAGE && read < newest.get());
  }

  private void know(LogEntry entry) {
    switch (entry) {
      case LogEntry.Recorded recorded -> recent.add(recorded.event());
      case LogEntry.Acknowledged acknowledged -> recent.add(acknowledged.key());
    }
  }

  /** Runs. */
  void start() {
    thread.start();
  }

  /** The newest entry's number that history has told. */
  long newest() {
    return newest.get();
  }

  /** How long ago history last answered. */
  Duration historyAge() {
    return Duration.ofNanos(System.nanoTime() - answeredNanos.get());
  }

  private void run() {
    try {
      while (!closing || waiting.count() > 0) {
        List<Waiting> group = waiting.next(groupLimit, closing ? 0 : IDLE_MILLIS);
        if (group.isEmpty()) {
          ask();
        } else if (!commit(group)) {
          return;
        }
      }
    } catch (InterruptedException e) {
      log.info("Commits were interrupted; {} events stay with broker and devices", waiting.count());
    } catch (FencedOut e) {
      log.error("Another bridge has taken over: {}", e.getMessage());
      failed.run();
    } catch (RuntimeException | Error e) {
      log.error("The event path has stopped by a defect", e);
      failed.run();
    }
  }

  private void ask() {
    try {
      answered(events.newest());
    } catch (HistoryUnavailable e) {
      log.debug("History does not answer: {}", e.toString());
    }
  }

  private void answered(long seq) {
    newest.accumulateAndGet(seq, Math::max);
    answeredNanos.set(System.nanoTime());
  }

  /** Tries until history has it; gives up only when closing. */
  private boolean commit(List<Waiting> group) throws InterruptedException {
    long delay = FIRST_RETRY_MILLIS;
    boolean said = false;
    while (true) {
      try {
        List<Appended> appended = append(group);
        announce(appended, group);
        answer(appended, group, waiting.done(group));
        if (said) {
          log.info("History is back");
        }
        return true;
      } catch (HistoryUnavailable e) {
        if (closing) {
          log.warn("History is away; {} events stay with broker and devices", waiting.count());
          return false;
        }
        if (!said) {
          said = true;
          log.warn("{} events wait for history: {}", waiting.count(), e.getMessage());
        }
        Thread.sleep(delay);
        delay = Math.min(LAST_RETRY_MILLIS, delay * 2);
      }
    }
  }

  /**
   * Appends a group; an event whose key another one has in history, which says something else, is
   * appended under an id of its own.
   */
  private List<Appended> append(List<Waiting> group) {
    List<Appended> appended =
        new ArrayList<>(events.append(token, group.stream().map(waits -> waits.event).toList()));
    List<Integer> places = new ArrayList<>();
    List<DeviceEvent> others = new ArrayList<>();
    for (int i = 0; i < appended.size(); i++) {
      DeviceEvent event = group.get(i).event;
      if (appended.get(i) instanceof Appended.Known(LogEntry.Recorded entry, var by)
          && !EventContent.same(entry.event(), event)) {
        places.add(i);
        others.add(EventContent.underOwnId(event));
        if (pending.shows(entry.key())) {
          tell(by == null ? List.of(entry) : List.of(entry, by));
        }
      }
    }
    // These were appended after all of the group: those that came behind them have lower numbers.
    if (!others.isEmpty()) {
      List<Appended> more = events.append(token, others);
      for (int i = 0; i < more.size(); i++) {
        appended.set(places.get(i), more.get(i));
      }
    }
    return appended;
  }

  private void announce(List<Appended> appended, List<Waiting> group) {
    List<LogEntry> entries = new ArrayList<>(appended.size());
    for (int i = 0; i < appended.size(); i++) {
      String sentId = group.get(i).answerId;
      switch (appended.get(i)) {
        case Appended.New(LogEntry.Recorded entry) -> {
          recent.add(entry.event());
          if (!sentId.equals(entry.event().id())) {
            metrics.refuse(entry.event().device(), "events", reused(sentId, entry.event().id()));
          }
          entries.add(entry);
          answered(entry.seq());
        }
        case Appended.Known(LogEntry.Recorded entry, LogEntry.@Nullable Acknowledged by) -> {
          if (pending.shows(entry.key()) || !recent.contains(entry.key())) {
            recent.add(entry.event());
            tell(by == null ? List.of(entry) : List.of(entry, by));
          }
        }
        case Appended.Refused(EventKey key, String detail) -> {
          metrics.refuse(key.device(), "events", new RejectedPayload(RejectReason.STORE, detail));
          pending.refused(key, RejectReason.STORE.wireName());
        }
      }
    }
    answered(newest.get());
    if (!entries.isEmpty()) {
      entries.sort(Comparator.comparingLong(LogEntry::seq));
      tell(entries);
    }
  }

  private static RejectedPayload reused(String sent, String own) {
    return new RejectedPayload(
        RejectReason.ID_REUSED,
        "id",
        "another event has the id " + sent + "; this one is recorded as " + own);
  }

  private void tell(List<LogEntry> entries) {
    if (pending.recorded(entries)) {
      long events = entries.stream().filter(LogEntry.Recorded.class::isInstance).count();
      metrics.eventsOut.increment((double) events);
    }
  }

  /**
   * Answers the devices. The broker keeps an event until it has the answer to it: one that is lost
   * with the connection is given when the event comes again by the next.
   */
  private void answer(List<Appended> appended, List<Waiting> group, List<Delivery> deliveries) {
    for (int i = 0; i < appended.size(); i++) {
      EventKey sent = new EventKey(group.get(i).event.device(), group.get(i).answerId);
      CompletableFuture<?> answered =
          switch (appended.get(i)) {
            case Appended.New _, Appended.Known _ -> committed(sent);
            case Appended.Refused _ ->
                rejected(
                    publisher, sent, new RejectedPayload(RejectReason.STORE, "history refuses it"));
          };
      var _ = answered.thenRun(deliveries.get(i)::acknowledge);
    }
  }

  private CompletableFuture<?> committed(EventKey key) {
    JsonOut out = new JsonOut(96);
    out.open('{').name("event").string(key.event()).close('}');
    return publisher.publish(Topics.acks(key.device()), out.toBytes(), 1, false);
  }

  /** Tells a device that an event of its is refused, and why. */
  static CompletableFuture<?> rejected(MqttPublisher publisher, EventKey key, RejectedPayload why) {
    JsonOut out = new JsonOut(96);
    out.open('{').name("event").string(key.event());
    out.name("rejected").string(why.reason().wireName());
    out.name("detail").string(why.detail()).close('}');
    return publisher.publish(Topics.acks(key.device()), out.toBytes(), 1, false);
  }

  /** Commits what waits, then ends, within 5 s. */
  @Override
  public void close() {
    closing = true;
    waiting.close();
    try {
      if (!thread.join(Duration.ofSeconds(5))) {
        thread.interrupt();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
