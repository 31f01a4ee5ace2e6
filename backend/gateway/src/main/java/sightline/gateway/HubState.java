package sightline.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import sightline.bus.BusMessage;
import sightline.bus.DeviceRecord;
import sightline.protocol.LogEntry;
import sightline.protocol.ServerMessage;
import sightline.time.RoleClock;

/**
 * All that the hub knows, and what of it is to be told in this turn. Owned by the hub's thread;
 * what others ask of it runs there.
 */
final class HubState {
  private static final long TICK_NANOS = 100_000_000;
  private static final long EXPIRE_NANOS = 500_000_000;
  private static final long COUNT_NANOS = 1_000_000_000;

  private final RoleClock clock;
  private final BridgeTime bridgeTime;
  private final List<LoopFanout> loops;
  private final Fleet fleet;
  private final Alarms alarms = new Alarms();
  private final EventFeed feed;
  private final RefusedUnits refused = new RefusedUnits();
  private final HotSync sync = new HotSync();
  private final HealthWatch health;
  private final Places places;
  private final Views views;
  private final Encoder encoder;
  private final Subscriptions subscriptions;
  private final Mending mending;
  private long nextTickNanos;
  private long nextExpireNanos;
  private long nextCountNanos;
  private long oldestNanos;
  private long updates;
  private volatile boolean known;

  HubState(
      GatewaySettings settings,
      DeviceGroups groups,
      RoleClock clock,
      GatewayMetrics metrics,
      Sources sources,
      List<LoopFanout> loops,
      ByteBufAllocator allocator,
      Consumer<Consumer<HubState>> submit) {
    this.clock = clock;
    bridgeTime = new BridgeTime(clock);
    this.loops = loops;
    fleet = new Fleet(settings, groups);
    metrics.alarms(alarms::held);
    feed = new EventFeed(settings.live().ringEntries(), alarms, this::alarmTurned, metrics);
    health = new HealthWatch(settings.live().beatTimeout(), new OwnLag(clock, loops.size()), clock);
    places = new Places(fleet, loops.size());
    views = places.views();
    encoder = new Encoder(allocator, fleet, settings.live().snapshotDevices());
    mending = new Mending(sources, submit, sync, feed, health, clock, metrics);
    subscriptions =
        new Subscriptions(
            places, encoder, loops, feed, health, clock, mending, this::nextUpdate, metrics);
    nextTickNanos = clock.nanos();
    nextExpireNanos = nextTickNanos;
    nextCountNanos = nextTickNanos;
  }

  Fleet fleet() {
    return fleet;
  }

  RefusedUnits refused() {
    return refused;
  }

  EventFeed feed() {
    return feed;
  }

  HealthWatch health() {
    return health;
  }

  Subscriptions subscriptions() {
    return subscriptions;
  }

  Places places() {
    return places;
  }

  Views views() {
    return views;
  }

  List<LoopFanout> loops() {
    return loops;
  }

  /** How long until time brings something, ns. */
  long untilTickNanos(long now) {
    return Math.min(nextTickNanos - now, subscriptions.dueNanos(now));
  }

  /** Any thread: whether hot state and the log's newest entry have been known. */
  boolean known() {
    return known;
  }

  void newcomer(Newcomer newcomer) {
    subscriptions.add(newcomer);
  }

  void left(LiveSession session) {
    subscriptions.left(session);
  }

  void catchUp(CatchUp.Request request) {
    subscriptions.catchUp(request);
  }

  /** What time brings: freshness, silent devices, reads that are due. */
  void tick(long now) {
    subscriptions.serve(now);
    if (now < nextTickNanos) {
      return;
    }
    nextTickNanos = now + TICK_NANOS;
    mending.tick(now);
    known |= mending.known();
    if (health.judge(now, clock.millis())) {
      loops.forEach(loop -> loop.post(health.now(), encoder.message(health.now())));
    }
    if (now >= nextCountNanos) {
      nextCountNanos = now + COUNT_NANOS;
      subscriptions.count(now);
    }
    if (now >= nextExpireNanos) {
      nextExpireNanos = now + EXPIRE_NANOS;
      fleet.expire(alarms, bridgeTime.millis());
    }
  }

  void take(Inbox.Taken taken, long now) {
    health.heard(taken, now);
    oldestNanos = taken.oldestNanos();
    sync.heard(taken);
    if (taken.bridgeBeat() != null) {
      bridgeTime.heard(taken.bridgeBeat().time());
    }
    long millis = bridgeTime.millis();
    for (DeviceRecord record : taken.devices()) {
      fleet.apply(record, alarms.on(record.id()), millis);
    }
    for (BusMessage message : taken.events()) {
      if (message instanceof BusMessage.Refusals refusals) {
        refused.take(refusals);
      } else {
        feed.take(message);
      }
    }
    if (taken.bridgeBeat() != null) {
      feed.take(taken.bridgeBeat());
    }
    if (taken.eventsLost()) {
      sync.lose();
    }
    mending.mend(now);
  }

  /** Replaces all by what hot state says; every browser gets a new snapshot. */
  void replace(List<DeviceRecord> records) {
    long millis = bridgeTime.millis();
    fleet.retain(records);
    for (DeviceRecord record : records) {
      fleet.apply(record, alarms.on(record.id()), millis);
    }
    fleet.settle();
    places.refill();
    subscriptions.refreshAll();
  }

  boolean unsent() {
    return !fleet.changed().isEmpty() || feed.hasNew();
  }

  /** Ends the turn: what every view is told of it, or null where nobody is told anything. */
  @Nullable Broadcast broadcast() {
    List<ServerMessage> news = feed.takeNews();
    List<LogEntry> entries = feed.takeEntries();
    if (views.isEmpty() || (fleet.changed().isEmpty() && news.isEmpty() && entries.isEmpty())) {
      fleet.settle();
      return null;
    }
    Map<View, Broadcast.Delivery> deliveries = new LinkedHashMap<>();
    long n = 0;
    for (View view : views.touched()) {
      n = n == 0 ? nextUpdate() : n;
      deliveries.put(view, delivery(view, n, news, entries));
    }
    if (!news.isEmpty() || !entries.isEmpty()) {
      for (View view : views.all()) {
        if (!deliveries.containsKey(view)) {
          deliveries.put(view, delivery(view, n, news, entries));
        }
      }
    }
    List<CellNews> cells = new ArrayList<>();
    for (Cell cell : places.layers().touched()) {
      n = n == 0 ? nextUpdate() : n;
      cells.add(encoder.news(cell, n));
      cell.settle();
    }
    fleet.settle();
    if (deliveries.isEmpty() && cells.isEmpty()) {
      return null;
    }
    return new Broadcast(
        n, feed.ring().newest(), new ArrayList<>(deliveries.values()), cells, oldestNanos);
  }

  private Broadcast.Delivery delivery(
      View view, long n, List<ServerMessage> news, List<LogEntry> entries) {
    ByteBuf updates = null;
    ByteBuf binary = null;
    Handles slots = Handles.NONE;
    if (!view.changed.isEmpty()) {
      if (view.seenOn(Wire.JSON)) {
        updates = encoder.update(view.numbers, n, view.changed, List.of(), Wire.JSON);
      }
      if (view.seenOn(Wire.BINARY)) {
        binary = encoder.update(view.numbers, n, view.changed, List.of(), Wire.BINARY);
      }
      slots = new Handles(view.changed);
      view.changed.clear();
    }
    ByteBuf pending = news.isEmpty() ? null : encoder.news(view, news);
    Encoder.Entries told = encoder.entries(view, entries);
    long first = entries.isEmpty() ? 0 : entries.getFirst().seq();
    long last = entries.isEmpty() ? 0 : entries.getLast().seq();
    return new Broadcast.Delivery(
        view, updates, binary, slots, pending, told.buffer(), first, last, told.count());
  }

  private long nextUpdate() {
    return ++updates;
  }

  private void alarmTurned(String device) {
    Slot slot = fleet.find(device);
    if (slot != null) {
      fleet.refresh(slot, alarms.on(device), bridgeTime.millis());
    }
  }
}
