package sightline.gateway;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import sightline.bus.BusMessage;
import sightline.bus.DeviceRecord;
import sightline.bus.InProcessBus;
import sightline.history.EventLog;
import sightline.history.HistorySettings;
import sightline.history.SqliteEventLog;
import sightline.history.SqlitePositionStore;
import sightline.protocol.DeviceEvent;
import sightline.protocol.LogEntry;
import sightline.protocol.Order;
import sightline.protocol.Position;
import sightline.protocol.ProbeRound;
import sightline.time.RoleClock;

/** A gateway on a real bus and real SQLite, with the test as its bridge. Owned by the test. */
final class Rig implements AutoCloseable {
  static final GatewaySettings SETTINGS =
      GatewaySettings.DEFAULT
          .withPort(0)
          .with(
              LiveSettings.DEFAULT, HttpSettings.DEFAULT, AdmissionSettings.DEFAULT, Duration.ZERO);

  final LossyBus bus = new LossyBus(new InProcessBus(10_000));
  final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  final SqliteEventLog log;
  final SqlitePositionStore positions;
  final BreakableLog breakable;
  final Gateway gateway;
  final AtomicBoolean failed = new AtomicBoolean();
  static final String PROBE_KEY = "the probe's";
  final List<ProbeRound> rounds = new CopyOnWriteArrayList<>();
  final List<OtherGateway> others = new CopyOnWriteArrayList<>();
  final long token = 7;
  private long batch;
  private String epoch = "e1";
  private @Nullable Thread beats;
  private volatile boolean beating;

  /** Positions that the bridge says it has shed. */
  volatile long shed;

  /** Messages that the broker says it has dropped. */
  volatile long dropped;

  Rig(Path directory) {
    this(directory, SETTINGS);
  }

  Rig(Path directory, GatewaySettings settings) {
    this(directory, settings, AccessSettings.OPEN);
  }

  Rig(Path directory, GatewaySettings settings, AccessSettings access) {
    log = SqliteEventLog.open(directory, HistorySettings.DEFAULT);
    positions =
        SqlitePositionStore.open(directory, HistorySettings.DEFAULT, InstantSource.system());
    breakable = new BreakableLog(log);
    gateway =
        new Gateway(
            settings,
            access,
            bus,
            bus,
            breakable,
            positions,
            metrics,
            () -> "# metrics of the test\n",
            List::of,
            RoleClock.system(),
            new Beside(PROBE_KEY, Duration.ofSeconds(30), () -> rounds, () -> others, directory),
            () -> failed.set(true));
  }

  /** Opens the gateway and beats as a bridge and a recorder do. */
  Rig start() {
    gateway.start();
    beating = true;
    beats =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    while (beating) {
                      beat(log.newest());
                      Thread.sleep(100);
                    }
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                });
    return this;
  }

  void beat(long newestSeq) {
    bus.beat(
        new BusMessage.BridgeBeat(newestSeq, 10, 10, 0, System.currentTimeMillis(), shed, dropped));
    bus.beat(new BusMessage.RecorderBeat(System.currentTimeMillis() - 1_000, 0));
  }

  /** The bridge and the recorder fall silent. */
  void stopBeating() {
    beating = false;
    try {
      if (beats != null) {
        beats.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  int port() {
    return gateway.port();
  }

  LiveClient live() throws Exception {
    return LiveClient.open(port(), "");
  }

  /** A browser that has subscribed to all and has its snapshot. */
  LiveClient liveAll() throws Exception {
    LiveClient client = live();
    client.send("{\"type\":\"subscribe\",\"devices\":\"all\",\"events\":{\"since\":null}}");
    client.await("snapshot");
    client.await("events");
    return client;
  }

  /** Publishes devices as one batch. */
  void publish(DeviceRecord... devices) {
    bus.round(new BusMessage.Batch(epoch, token, ++batch, List.of(devices)), List.of());
  }

  /** A batch that no subscriber hears of. */
  void publishUnheard(DeviceRecord... devices) {
    bus.deaf(() -> publish(devices));
  }

  void newEpoch(String name) {
    epoch = name;
    batch = 0;
  }

  /** Events as the bridge brings them: pending, committed, told. */
  List<LogEntry> record(DeviceEvent... events) {
    bus.pending(token, List.of(events));
    List<LogEntry> entries = commit(events);
    bus.entries(entries);
    return entries;
  }

  List<LogEntry> commit(DeviceEvent... events) {
    List<LogEntry> entries = new ArrayList<>();
    for (EventLog.Appended appended : log.append(token, List.of(events))) {
      if (appended instanceof EventLog.Appended.New fresh) {
        entries.add(fresh.entry());
      }
    }
    return entries;
  }

  static DeviceRecord device(String id, double lat, double lon, double speed) {
    long now = System.currentTimeMillis();
    Position position =
        new Position(id, new Order(now, 0), now, now, false, lat, lon, 90, speed, 5, Double.NaN);
    return new DeviceRecord(
        id, position, true, null, now, now, 500, 80, 60, "s", "vehicle", "Unit " + id, "1.0");
  }

  static DeviceEvent event(String device, String id, @Nullable String severity) {
    long now = System.currentTimeMillis();
    return new DeviceEvent(
        device, id, now, now, "alert", severity, "Panic", Double.NaN, Double.NaN, null);
  }

  double counted(String name, String... tags) {
    var counter = metrics.find(name).tags(tags).counter();
    return counter == null ? 0 : counter.count();
  }

  @Override
  public void close() {
    stopBeating();
    gateway.close();
    bus.close();
    positions.close();
    log.close();
  }
}
