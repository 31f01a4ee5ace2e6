package sightline.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sightline.broker.BrokerSettings;
import sightline.broker.EmbeddedBroker;
import sightline.bus.BusMessage;
import sightline.bus.DeviceRecord;
import sightline.bus.InProcessBus;
import sightline.bus.PositionStream.Cursor;
import sightline.history.HistorySettings;
import sightline.history.SqliteEventLog;
import sightline.history.SqlitePositionStore;
import sightline.protocol.EventKey;
import sightline.protocol.LogEntry;
import sightline.protocol.NullIsland;
import sightline.protocol.Refused;
import sightline.time.RoleClock;

class BridgeTest {
  private static final BrokerSettings ANY_PORT =
      new BrokerSettings("127.0.0.1", 0, 256 * 1024, 64L << 20, Duration.ofHours(1));

  @TempDir private Path directory;
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final InProcessBus bus = new InProcessBus(100_000);
  private final List<BusMessage> news = new CopyOnWriteArrayList<>();
  private final AtomicBoolean failed = new AtomicBoolean();
  private EmbeddedBroker broker;
  private AwayLog log;
  private SqlitePositionStore positions;
  private Bridge bridge;
  private Wire wire;

  @BeforeEach
  void start() throws Exception {
    broker = new EmbeddedBroker(ANY_PORT, directory.resolve("broker"));
    broker.start();
    log = new AwayLog(SqliteEventLog.open(directory, HistorySettings.DEFAULT));
    positions =
        SqlitePositionStore.open(directory, HistorySettings.DEFAULT, InstantSource.system());
    var _ = bus.subscribe(news::add);
    wire = new Wire(broker.port(), "devices/+/acks", "fleet/+/location");
    bridge = bridge(bus);
    bridge.start();
    Wire.until("the beat is back through the broker", () -> bridge.ready() && beating());
  }

  private Bridge bridge(InProcessBus on) {
    return new Bridge(
        BridgeSettings.DEFAULT.withBroker("127.0.0.1", broker.port()),
        new DevicesSettings(DevicesSettings.Enrol.OPEN, 3, List.of(), Map.of(), NullIsland.REFUSE),
        new Held(log.fence() + 1),
        System.currentTimeMillis(),
        Duration.ofDays(30),
        on,
        on,
        log,
        positions,
        registry,
        RoleClock.system(),
        () -> failed.set(true));
  }

  @Test
  void aBridgeRaisesTheFenceAtItsStartAndNotOnlyWithItsFirstEvent() {
    assertEquals(1, log.fence());
  }

  private boolean beating() {
    return news.stream()
        .anyMatch(m -> m instanceof BusMessage.BridgeBeat b && b.brokerAgeMillis() < 1_000);
  }

  @AfterEach
  void stop() {
    wire.close();
    bridge.close();
    broker.close();
    positions.close();
    log.close();
    assertFalse(failed.get(), "no part of the bridge stopped by itself");
  }

  private @Nullable DeviceRecord device(String id) {
    return bus.read().devices().stream().filter(d -> d.id().equals(id)).findFirst().orElse(null);
  }

  private double lat(String id) {
    DeviceRecord found = device(id);
    return found == null || found.position() == null ? Double.NaN : found.position().lat();
  }

  private boolean online(String id) {
    DeviceRecord found = device(id);
    return found != null && found.online();
  }

  private boolean named(String id) {
    DeviceRecord found = device(id);
    return found != null && found.name() != null;
  }

  private static String location(long timestamp, double lat) {
    return "{\"timestamp\":" + timestamp + ",\"lat\":" + lat + ",\"lon\":7.42,\"seq\":3}";
  }

  private double rejected(String reason) {
    return registry.counter("sightline.bridge.rejected", "reason", reason).count();
  }

  private static String event(String id, String type) {
    return "{\"id\":\"" + id + "\",\"timestamp\":1,\"type\":\"" + type + "\"}";
  }

  /** P49. */
  @Test
  void aBacklogWithAnIdIsAnsweredOnceHistoryHasItAndOneThatIsRefusedAtOnce() {
    String one = location(System.currentTimeMillis(), 43.5);
    wire.publish("devices/dev-1/location", "{\"id\":\"b-1\",\"locations\":[" + one + "]}");
    Wire.until("its position is on the bus", () -> bus.size() == 1);
    assertEquals(1, bus.read(Cursor.START, 10).awaited());
    assertEquals(0, wire.count("devices/dev-1/acks {\"batch\":\"b-1\"}"));

    bus.trim(bus.read(Cursor.START, 10).end());
    Wire.until("answered", () -> wire.count("devices/dev-1/acks {\"batch\":\"b-1\"}") == 1);
    assertEquals(43.5, lat("dev-1"));

    wire.publish("devices/dev-1/location", "{\"id\":\"b-2\",\"locations\":7}");
    String refused = "devices/dev-1/acks {\"batch\":\"b-2\",\"rejected\":\"wrong-type\"}";
    Wire.until("refused", () -> wire.count(refused) == 1);
  }

  @Test
  void whatIsMirroredDoesNotPileUpInTheBroker() {
    AtomicLong sent = new AtomicLong();
    long before = broker.messages();
    Wire.until(
        "seven mirrored locations, and no more held than the one retained and those under way",
        () -> {
          long now = System.currentTimeMillis() + sent.incrementAndGet();
          wire.publish("devices/dev-1/location", location(now, 43.5));
          return wire.heard().size() >= 7 && broker.messages() <= before + 3;
        });
  }

  @Test
  void aLocationMovesItsDeviceAndIsMirroredForTheFleet() {
    long now = System.currentTimeMillis();
    wire.publish("devices/dev-1/location", location(now, 43.5));
    Wire.until("hot state", () -> !Double.isNaN(lat("dev-1")));
    assertEquals(43.5, lat("dev-1"));
    assertTrue(online("dev-1"));
    String mirrored =
        "fleet/dev-1/location {\"timestamp\":" + now + ",\"lat\":43.5,\"lon\":7.42,\"seq\":3}";
    Wire.until("the mirror", () -> wire.count(mirrored) == 1);
  }

  @Test
  void aBacklogGoesToTheStreamWholeAndMovesTheMarkerToItsNewest() {
    long now = System.currentTimeMillis();
    wire.publish("devices/dev-1/location", location(now, 1));
    wire.publish(
        "devices/dev-1/location",
        "[" + location(now - 3_000, 3) + "," + location(now - 2_000, 4) + "]");
    wire.publish("devices/dev-1/location", location(now - 1_000, 5));
    Wire.until("the stream", () -> bus.size() == 4);
    assertEquals(1, lat("dev-1"), "older ones do not move the marker");
    assertEquals(
        List.of(1.0, 3.0, 4.0, 5.0),
        bus.read(Cursor.START, 10).positions().stream().map(p -> p.lat()).toList());
  }

  @Test
  void anEventIsShownAsPendingThenRecordedThenAcknowledged() {
    wire.publish("devices/dev-1/events", event("e1", "alert"));
    Wire.until("the ack", () -> wire.count("devices/dev-1/acks {\"event\":\"e1\"}") == 1);
    EventKey key = new EventKey("dev-1", "e1");
    assertEquals(1, log.after(0, 10).size());
    int pending =
        at(m -> m instanceof BusMessage.Pending p && p.events().getFirst().key().equals(key));
    int recorded =
        at(m -> m instanceof BusMessage.Entries e && e.entries().getFirst().key().equals(key));
    assertTrue(pending >= 0 && recorded > pending, pending + " before " + recorded);
    assertTrue(bus.read().pending().isEmpty());
  }

  private int at(Predicate<BusMessage> which) {
    List<BusMessage> all = List.copyOf(news);
    for (int i = 0; i < all.size(); i++) {
      if (which.test(all.get(i))) {
        return i;
      }
    }
    return -1;
  }

  @Test
  void aRedeliveryIsAcknowledgedAgainAndRecordedOnce() {
    wire.publish("devices/dev-1/events", event("e1", "alert"));
    Wire.until("the ack", () -> wire.count("devices/dev-1/acks {\"event\":\"e1\"}") == 1);
    wire.publish("devices/dev-1/events", event("e1", "alert"));
    Wire.until("again", () -> wire.count("devices/dev-1/acks {\"event\":\"e1\"}") == 2);
    assertEquals(1, log.after(0, 10).size());
    assertEquals(1, news.stream().filter(m -> m instanceof BusMessage.Pending).count());
    assertEquals(1, news.stream().filter(m -> m instanceof BusMessage.Entries).count());
  }

  @Test
  void withHistoryAwayEventsArePendingAndAcknowledgedOnceItIsBack() {
    log.away(true);
    for (int i = 0; i < 20; i++) {
      wire.publish("devices/dev-1/events", event("e" + i, "alert"));
    }
    Wire.until("pending", () -> bus.read().pending().size() == 20);
    Wire.until(
        "the beat says so",
        () ->
            news.getLast() instanceof BusMessage.BridgeBeat b
                && b.historyAgeMillis() > 700
                && b.eventsWaiting() == 20);
    assertTrue(wire.heard().stream().noneMatch(m -> m.contains("/acks")));
    log.away(false);
    Wire.until("acks", () -> wire.heard().stream().filter(m -> m.contains("/acks")).count() == 20);
    assertEquals(
        List.of("e0", "e1", "e2"),
        log.after(0, 3).stream().map(LogEntry::key).map(EventKey::event).toList());
    assertTrue(bus.read().pending().isEmpty());
  }

  @Test
  void whatCanNotBeAcceptedIsAnsweredWithItsReasonAndTheRestGoesOn() {
    wire.publish("devices/dev-1/events", "{\"id\":\"bad\",\"timestamp\":1}");
    wire.publish("devices/dev-1/events", event("store", "refused"));
    wire.publish("devices/dev-1/events", event("good", "alert"));
    Wire.until("the ack", () -> wire.count("devices/dev-1/acks {\"event\":\"good\"}") == 1);
    Wire.until(
        "missing-field",
        () ->
            wire.count(
                    "devices/dev-1/acks {\"event\":\"bad\",\"rejected\":\"missing-field\","
                        + "\"detail\":\"type is required\"}")
                == 1);
    Wire.until(
        "store",
        () ->
            wire.count(
                    "devices/dev-1/acks {\"event\":\"store\",\"rejected\":\"store\","
                        + "\"detail\":\"history refuses it\"}")
                == 1);
    assertEquals("store", bus.read().pending().getFirst().unrecordedReason());
    assertEquals(1, rejected("missing-field"));
    assertEquals(1, rejected("store"));
  }

  /** P8: a device whose counter starts anew. */
  @Test
  void anIdThatIsGivenAgainToAnotherEventLosesNeither() {
    wire.publish("devices/dev-1/location", location(System.currentTimeMillis(), 43));
    String panic =
        "{\"id\":\"1\",\"timestamp\":1,\"type\":\"alert\",\"data\":{\"a\":1.50,\"b\":2}}";
    String again = "{\"data\":{\"b\":2,\"a\":1.5},\"type\":\"alert\",\"timestamp\":1,\"id\":\"1\"}";
    String down = "{\"id\":\"1\",\"timestamp\":2,\"type\":\"alert\",\"message\":\"Man down\"}";
    String ack = "devices/dev-1/acks {\"event\":\"1\"}";
    wire.publish("devices/dev-1/events", panic);
    Wire.until("the first", () -> wire.count(ack) == 1);
    wire.publish("devices/dev-1/events", again);
    Wire.until("the same again", () -> wire.count(ack) == 2);
    assertEquals(1, log.after(0, 10).size());
    wire.publish("devices/dev-1/events", down);
    Wire.until("another one", () -> wire.count(ack) == 3);
    wire.publish("devices/dev-1/events", down);
    Wire.until("that again", () -> wire.count(ack) == 4);
    List<LogEntry> entries = log.after(0, 10);
    assertEquals(2, entries.size());
    assertTrue(entries.getLast().key().event().matches("c-[0-9a-f]{32}"));
    assertEquals(1, rejected("id-reused"));
    Wire.until("it is noted", () -> refusals("dev-1") == 1);
    // What a restarted bridge does not remember, history knows.
    log.away(true);
    wire.publish("devices/dev-1/events", event("2", "alert"));
    wire.publish("devices/dev-1/events", event("2", "incident"));
    Wire.until("both are shown", () -> bus.read().pending().size() == 2);
    log.away(false);
    Wire.until("both are answered", () -> wire.count("devices/dev-1/acks {\"event\":\"2\"}") == 2);
    assertEquals(4, log.after(0, 10).size());
    assertTrue(bus.read().pending().isEmpty());
  }

  /** P9, P15. */
  @Test
  void twoClientsWithOneIdAreNotedAtTheUnit() {
    for (String session : List.of("a", "b", "a", "b")) {
      wire.publish("devices/dev-1/status", "{\"online\":true,\"session\":\"" + session + "\"}");
    }
    Wire.until("it is noted", () -> refusals("dev-1") == 1);
    assertEquals("same-id", Objects.requireNonNull(refused("dev-1")).reason());
    assertTrue(online("dev-1"));
  }

  /** P62. */
  @Test
  void aUnitWhoseIdTwoClientsUseIsNotOfflineByAWillWhereItPublishes() {
    for (int i = 0; i < Rivals.TURNS; i++) {
      wire.publish("devices/dev-1/status", "{\"online\":false}");
      wire.publish("devices/dev-1/status", "{\"online\":true}");
    }
    Wire.until("it is named", () -> refusals("dev-1") == 1);
    wire.publish("devices/dev-1/status", "{\"online\":false}");
    wire.publish("devices/dev-2/location", location(System.currentTimeMillis(), 43));
    Wire.until("what came behind is applied", () -> online("dev-2"));
    assertTrue(online("dev-1"), "its will is held");
    wire.publish("devices/dev-1/location", location(System.currentTimeMillis(), 43));
    Wire.until("it publishes", () -> lat("dev-1") == 43);
    assertTrue(online("dev-1"), "and void");
  }

  /** P9. */
  @Test
  void whatIsRefusedOfAUnitIsKeptAtIt() {
    wire.publish("devices/dev-1/location", location(System.currentTimeMillis(), 43));
    wire.publish("devices/dev-1/location", "{\"timestamp\":1767225600,\"lat\":1,\"lon\":1}");
    wire.publish("devices/dev-1/status", "{\"online\":true,\"battery\":101,\"kind\":\"vehicle\"}");
    Wire.until("both are noted", () -> refusals("dev-1") == 2);
    Refused last = Objects.requireNonNull(refused("dev-1"));
    assertEquals(
        "status out-of-range battery", last.topic() + " " + last.reason() + " " + last.field());
    DeviceRecord unit = Objects.requireNonNull(device("dev-1"));
    assertEquals("vehicle", unit.kind(), "a bad field costs the others nothing");
    wire.publish("devices/dev-7/status", "{\"online\":\"yes\"}");
    Wire.until("an id that is no unit", () -> news.stream().anyMatch(BridgeTest::ofAnUnknownUnit));
    assertEquals(null, device("dev-7"));
  }

  private long refusals(String id) {
    Refused some = refused(id);
    return some == null ? 0 : some.count();
  }

  private @Nullable Refused refused(String id) {
    DeviceRecord found = device(id);
    return found == null ? null : found.refused();
  }

  private static boolean ofAnUnknownUnit(BusMessage message) {
    return message instanceof BusMessage.Refusals(List<BusMessage.Refusals.Unit> units)
        && units.getFirst().id().equals("dev-7")
        && units.getFirst().refused().reason().equals("wrong-type");
  }

  /** P9: the reason that a retained list on the mirror cut the bridge's connection for ever. */
  @Test
  void nothingThatIsRetainedEndsTheConnection() {
    bridge.close();
    wire.retain("fleet/z/location", "[]");
    wire.retain("devices/z/status", "[]");
    bridge = bridge(bus);
    bridge.start();
    Wire.until("both connections", bridge::ready);
    wire.publish("devices/dev-1/location", location(System.currentTimeMillis(), 43));
    Wire.until("the position", () -> !Double.isNaN(lat("dev-1")));
    assertEquals(0, rejected("defect"));
    assertEquals(0, registry.counter("sightline.bridge.defects").count());
  }

  @Test
  void badLocationsAreCountedByReasonAndDisturbNobody() {
    wire.publish("devices/dev-1/location", "{\"timestamp\":1");
    wire.publish("devices/dev-1/location", "x".repeat(17_000));
    long twoMonthsAgo = System.currentTimeMillis() - Duration.ofDays(60).toMillis();
    wire.publish("devices/dev-1/location", location(twoMonthsAgo, 43));
    wire.publish("devices/d d/location", location(0, 43));
    for (int i = 1; i < 5; i++) {
      wire.publish("devices/dev-" + i + "/location", location(System.currentTimeMillis(), i));
    }
    Wire.until("the third device", () -> device("dev-3") != null);
    Wire.until("all counted", () -> rejected("too-many-devices") == 1);
    assertEquals(1, rejected("malformed"));
    assertEquals(1, rejected("too-large"));
    assertEquals(1, rejected("too-old"));
    assertEquals(1, rejected("bad-topic"));
  }

  @Test
  void aSeedLastWillTurnsADeviceOfflineAndALaterPublishBringsItBack() {
    wire.publish("devices/dev-1/location", location(System.currentTimeMillis(), 1));
    Wire.until("online", () -> device("dev-1") != null);
    wire.retain("devices/dev-1/status", "{\"online\":false,\"timestamp\":1}");
    Wire.until("offline", () -> !online("dev-1"));
    wire.publish("devices/dev-1/location", location(System.currentTimeMillis() + 1, 2));
    Wire.until("online again", () -> online("dev-1"));
  }

  /** P26: an empty status retires a unit, and its place is given back. */
  @Test
  void anEmptyRetainedStatusRemovesAUnitUntilItPublishesAgain() {
    for (int i = 1; i < 4; i++) {
      wire.publish("devices/dev-" + i + "/location", location(System.currentTimeMillis(), i));
    }
    Wire.until("three devices", () -> device("dev-3") != null);
    String epoch = bus.read().epoch();
    wire.retain("devices/dev-1/status", "");
    Wire.until("it is gone", () -> device("dev-1") == null);
    assertNotEquals(epoch, bus.read().epoch(), "gateways read hot state again");
    Wire.until("and from the mirror", () -> wire.count("fleet/dev-1/location ") == 1);
    assertEquals(0, rejected("empty"));
    wire.publish("devices/dev-4/location", location(System.currentTimeMillis(), 4));
    Wire.until("another has its place", () -> device("dev-4") != null);
    wire.retain("devices/dev-4/status", "");
    Wire.until("that one is gone", () -> device("dev-4") == null);
    wire.publish("devices/dev-1/location", location(System.currentTimeMillis(), 1));
    Wire.until("it is back", () -> device("dev-1") != null);
  }

  /** P10: only a valid payload takes a place, and an event needs none. */
  @Test
  void rubbishTakesNoPlaceAndAnEventIsTakenWithoutOne() {
    for (int i = 0; i < 5; i++) {
      wire.publish("devices/rubbish-" + i + "/location", "{}");
      wire.publish("devices/rubbish-" + i + "/events", "{}");
      wire.publish("devices/rubbish-" + i + "/status", "[]");
    }
    for (int i = 1; i < 4; i++) {
      wire.publish("devices/dev-" + i + "/location", location(System.currentTimeMillis(), i));
    }
    Wire.until("three devices", () -> device("dev-3") != null);
    wire.publish("devices/fourth/events", event("panic"));
    Wire.until(
        "answered as recorded", () -> wire.count("devices/fourth/acks {\"event\":\"panic\"}") == 1);
    assertNull(device("fourth"));
    assertEquals(1, registry.counter("sightline.bridge.events.untracked").count());
  }

  /** P15: what waited in the session while its device died is no life. */
  @Test
  void eventsThatWaitedInTheSessionAreNoLifeAndLaterOnesAre() {
    wire.publish("devices/dev-1/location", location(System.currentTimeMillis(), 1));
    Wire.until("online", () -> device("dev-1") != null);
    long seen = lastSeen("dev-1");
    bridge.close();
    for (int i = 0; i < 10; i++) {
      wire.publish("devices/dev-1/events", event("waited-" + i));
    }
    bridge = bridge(bus);
    bridge.start();
    Wire.until(
        "all are recorded", () -> wire.count("devices/dev-1/acks {\"event\":\"waited-9\"}") == 1);
    assertEquals(seen, lastSeen("dev-1"));
    int[] sent = {0};
    Wire.until(
        "an event behind the mark shows that it lives",
        () -> {
          wire.publish("devices/dev-1/events", event("alive-" + sent[0]++));
          return lastSeen("dev-1") > seen;
        });
  }

  private long lastSeen(String id) {
    return Objects.requireNonNull(device(id)).lastSeen();
  }

  /** P16: retained messages alone keep nobody online. */
  @Test
  void aRetainedLocationOfADeadUnitShowsNoLife() {
    bridge.close();
    wire.retain("devices/dev-1/location", location(System.currentTimeMillis(), 1));
    bridge = bridge(bus);
    bridge.start();
    Wire.until("it is known", () -> device("dev-1") != null);
    assertEquals(0, Objects.requireNonNull(device("dev-1")).lastSeen());
  }

  /** P27: an open alarm's unit is always there. */
  @Test
  void aUnitThatIsKnownByAnOpenAlarmAloneIsThereAfterARestart() {
    wire.publish("devices/lone/events", event("panic"));
    Wire.until("recorded", () -> wire.count("devices/lone/acks {\"event\":\"panic\"}") == 1);
    bridge.close();
    InProcessBus empty = new InProcessBus(1_000);
    bridge = bridge(empty);
    bridge.start();
    Wire.until(
        "it is there",
        () -> empty.read().devices().stream().anyMatch(device -> device.id().equals("lone")));
  }

  private static String event(String id) {
    return "{\"id\":\"%s\",\"timestamp\":%d,\"type\":\"alert\",\"severity\":\"critical\"}"
        .formatted(id, System.currentTimeMillis());
  }

  @Test
  void aRestartedBridgeTakesOverTheSessionAndKnowsWhatIsRetained() {
    wire.retain("devices/dev-1/status", "{\"online\":true,\"timestamp\":1,\"name\":\"Unit 1\"}");
    Wire.until("named", () -> named("dev-1"));
    bridge.close();
    wire.publish("devices/dev-1/events", event("while-away", "alert"));
    InProcessBus empty = new InProcessBus(1_000);
    bridge = bridge(empty);
    bridge.start();
    Wire.until("the ack", () -> wire.count("devices/dev-1/acks {\"event\":\"while-away\"}") == 1);
    Wire.until(
        "the retained status",
        () -> empty.read().devices().stream().anyMatch(d -> "Unit 1".equals(d.name())));
  }

  /** P9: it is refused where somebody sees it, and not only acknowledged. */
  @Test
  void aTopicThatNoDeviceMayHaveIsCountedWhereverItsDotsAndSlashesStand() {
    List<String> topics =
        List.of(
            "devices/a.b/location",
            "devices/a/b/location",
            "devices/a/location/",
            "/devices/a/location",
            "devices//location",
            "devices/a.b/events",
            "devices/a/events/");
    for (String topic : topics) {
      wire.publish(topic, "{\"timestamp\":1,\"lat\":47,\"lon\":9}");
    }
    var rejected = registry.get("sightline.bridge.rejected").tag("reason", "bad-topic").counter();
    Wire.until("each is counted once", () -> rejected.count() == topics.size());
  }
}
