package sightline.gateway;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import sightline.bus.BusMessage;
import sightline.bus.HotState.PendingEvent;
import sightline.history.OpenAlarm;
import sightline.protocol.DeviceEvent;
import sightline.protocol.EventKey;
import sightline.protocol.LogEntry;
import sightline.protocol.ServerMessage;

/**
 * Events as the hub knows them: the ring of recorded ones, the pending ones, and what of both is
 * new in this turn. Owned by the hub's thread.
 */
final class EventFeed {
  private final EventRing ring;
  private final Alarms alarms;
  private final Consumer<String> alarmTurned;
  private final GatewayMetrics metrics;
  private final Map<EventKey, PendingEvent> pending = new LinkedHashMap<>();

  /** The newest entry known to exist; above the ring's newest, history is to be read. */
  private long wanted;

  private List<ServerMessage> news = new ArrayList<>();
  private List<LogEntry> entries = new ArrayList<>();

  /** Events that came, and keys that were settled, since a read of hot state began. */
  private final List<DeviceEvent> arrivedSince = new ArrayList<>();

  private final Set<EventKey> settledSince = new HashSet<>();
  private final Map<EventKey, String> refusedSince = new HashMap<>();
  private boolean reading;

  /** Acknowledged since a read of the open alarms began; that read may still name them. */
  private final Set<EventKey> acknowledgedSince = new HashSet<>();

  private boolean readingAlarms;

  /**
   * A feed that knows nothing of the log yet.
   *
   * @param alarmTurned told of each device whose alarm flag turned
   */
  EventFeed(int ringEntries, Alarms alarms, Consumer<String> alarmTurned, GatewayMetrics metrics) {
    ring = new EventRing(ringEntries);
    this.alarms = alarms;
    this.alarmTurned = alarmTurned;
    this.metrics = metrics;
  }

  EventRing ring() {
    return ring;
  }

  void take(BusMessage message) {
    switch (message) {
      case BusMessage.Pending m -> arrived(m.events());
      case BusMessage.Entries m -> entries(m.entries());
      case BusMessage.Unrecorded m -> unrecorded(m);
      case BusMessage.Refusals m -> throw new IllegalArgumentException("a refusal is no event");
      case BusMessage.Batch m -> throw new IllegalArgumentException("a batch is no event");
      case BusMessage.BridgeBeat m -> exists(m.newestSeq());
      case BusMessage.RecorderBeat m -> throw new IllegalArgumentException("a beat is no event");
    }
  }

  /** Says that the log has an entry of this number; the first word of it is where we begin. */
  void exists(long seq) {
    base(seq);
    wanted = Math.max(wanted, seq);
  }

  /** Begins after an entry, unless it has begun. */
  void base(long seq) {
    if (!ring.based()) {
      ring.base(seq);
    }
  }

  boolean based() {
    return ring.based();
  }

  /** Whether entries are missing that history has. */
  boolean behind() {
    return ring.newest() < wanted;
  }

  boolean hasNew() {
    return !news.isEmpty() || !entries.isEmpty();
  }

  /** A read of the open alarms begins. */
  void alarmReadBegins() {
    readingAlarms = true;
    acknowledgedSince.clear();
    alarms.readBegins();
  }

  /** Takes up open alarms, but for those acknowledged meanwhile. */
  void alarmsRead(List<OpenAlarm> open) {
    for (OpenAlarm alarm : open) {
      if (!acknowledgedSince.contains(alarm.key()) && alarms.raise(alarm.key())) {
        alarmTurned.accept(alarm.key().device());
      }
    }
  }

  void alarmReadEnds() {
    readingAlarms = false;
    acknowledgedSince.clear();
    alarms.readEnds().forEach(alarmTurned);
  }

  void alarmReadFailed() {
    alarms.readFailed();
    readingAlarms = false;
    acknowledgedSince.clear();
  }

  /** Whether history must say which alarms are open. */
  boolean wantsAlarms() {
    return alarms.mustRead();
  }

  /** Takes entries, from the bus or from history; those known are passed over. */
  void entries(List<LogEntry> some) {
    if (!some.isEmpty()) {
      base(some.getFirst().seq() - 1);
    }
    Set<EventKey> again = new HashSet<>();
    for (LogEntry entry : some) {
      exists(entry.seq());
      if (entry.seq() <= ring.newest()) {
        cameAgain(entry, again);
      }
      settlePending(entry.key());
      if (entry.seq() == ring.newest() + 1) {
        ring.append(entry);
        entries.add(entry);
        metrics.eventsIn.increment();
        apply(entry);
      }
    }
  }

  /**
   * An entry that is in the log for long: an event that came again was shown as pending, and its
   * alarm raised. Its acknowledgement comes along, and settles it.
   *
   * @param again the keys that were pending, of the entries before; this one's is added
   */
  private void cameAgain(LogEntry entry, Set<EventKey> again) {
    String cursor = Cursors.text(entry.seq());
    switch (entry) {
      case LogEntry.Recorded recorded -> {
        if (pending.containsKey(entry.key())) {
          news.add(new ServerMessage.Events(List.of(recorded.event()), cursor));
          again.add(entry.key());
        }
      }
      case LogEntry.Acknowledged acknowledged -> {
        settle(entry.key());
        if (again.contains(entry.key())) {
          news.add(new ServerMessage.Acknowledged(acknowledged, cursor));
        }
      }
    }
  }

  /** A read of hot state begins: what comes meanwhile is merged with it. */
  void readBegins() {
    reading = true;
    arrivedSince.clear();
    settledSince.clear();
    refusedSince.clear();
  }

  /** The read failed: nothing is replaced. */
  void readFailed() {
    reading = false;
  }

  /** Replaces the pending events by those of hot state, and what came since. */
  void readEnds(List<PendingEvent> hot) {
    reading = false;
    Map<EventKey, PendingEvent> before = new LinkedHashMap<>(pending);
    pending.clear();
    hot.forEach(this::merge);
    arrivedSince.forEach(event -> merge(new PendingEvent(event, null)));
    for (PendingEvent event : pending.values()) {
      PendingEvent known = before.get(event.key());
      if (known == null) {
        news.add(new ServerMessage.Pending(List.of(event.event())));
      }
      String reason = event.unrecordedReason();
      if (reason != null && (known == null || known.unrecordedReason() == null)) {
        news.add(new ServerMessage.Unrecorded(event.key(), reason));
      }
    }
  }

  private void merge(PendingEvent event) {
    EventKey key = event.key();
    if (settledSince.contains(key) || ring.hasRecorded(key)) {
      return;
    }
    String refused = refusedSince.get(key);
    pending.putIfAbsent(key, refused == null ? event : new PendingEvent(event.event(), refused));
    if (refused == null && event.unrecordedReason() == null) {
      raise(event.event());
    }
  }

  /** An event that is not recorded, or null. */
  @Nullable PendingEvent pending(EventKey key) {
    return pending.get(key);
  }

  /** All that are pending, in order of arrival. */
  List<PendingEvent> pending() {
    return List.copyOf(pending.values());
  }

  /** News of pending and unrecorded events since the last call, in order. */
  List<ServerMessage> takeNews() {
    List<ServerMessage> taken = news;
    if (!taken.isEmpty()) {
      news = new ArrayList<>();
    }
    return taken;
  }

  /** Entries since the last call, in order, without a hole. */
  List<LogEntry> takeEntries() {
    List<LogEntry> taken = entries;
    if (!taken.isEmpty()) {
      entries = new ArrayList<>();
    }
    return taken;
  }

  private void arrived(List<DeviceEvent> events) {
    List<DeviceEvent> fresh = new ArrayList<>();
    for (DeviceEvent event : events) {
      EventKey key = event.key();
      if (!pending.containsKey(key) && !ring.hasRecorded(key)) {
        pending.put(key, new PendingEvent(event, null));
        fresh.add(event);
        raise(event);
        if (reading) {
          arrivedSince.add(event);
        }
      }
    }
    if (!fresh.isEmpty()) {
      news.add(new ServerMessage.Pending(fresh));
    }
  }

  private void unrecorded(BusMessage.Unrecorded refused) {
    if (reading) {
      refusedSince.put(refused.key(), refused.reason());
    }
    PendingEvent held = pending.get(refused.key());
    if (held != null) {
      pending.put(refused.key(), new PendingEvent(held.event(), refused.reason()));
      news.add(new ServerMessage.Unrecorded(refused.key(), refused.reason()));
      // Nobody can acknowledge it, so its alarm would stay for ever; it stays on the screen.
      settle(refused.key());
    }
  }

  private void apply(LogEntry entry) {
    switch (entry) {
      case LogEntry.Recorded recorded -> raise(recorded.event());
      case LogEntry.Acknowledged acknowledged -> {
        if (readingAlarms) {
          acknowledgedSince.add(acknowledged.key());
        }
        settle(acknowledged.key());
      }
    }
  }

  private void raise(DeviceEvent event) {
    if (alarms.raise(event)) {
      alarmTurned.accept(event.device());
    }
  }

  private void settle(EventKey key) {
    if (alarms.settle(key)) {
      alarmTurned.accept(key.device());
    }
  }

  private void settlePending(EventKey key) {
    pending.remove(key);
    if (reading) {
      settledSince.add(key);
    }
  }
}
