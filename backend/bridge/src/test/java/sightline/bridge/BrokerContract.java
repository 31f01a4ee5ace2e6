package sightline.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt3.Mqtt3AsyncClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.message.connect.Mqtt5Connect;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import sightline.bus.BusMessage;
import sightline.bus.DeviceRecord;
import sightline.bus.InProcessBus;
import sightline.history.HistorySettings;
import sightline.history.SqliteEventLog;
import sightline.history.SqlitePositionStore;
import sightline.protocol.NullIsland;
import sightline.time.RoleClock;

/** P63: what a device may rely on, whichever broker it speaks to; and where the two differ. */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class BrokerContract {
  private static final int PACKET = 256 * 1024;
  private static final String GONE = "{\"online\":false}";
  private static final String HERE = "{\"online\":true}";

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final InProcessBus bus = new InProcessBus(100_000);
  private final List<BusMessage> news = new CopyOnWriteArrayList<>();
  private final AtomicBoolean failed = new AtomicBoolean();
  private SqliteEventLog log;
  private SqlitePositionStore positions;
  private Bridge bridge;
  private Wire wire;
  private int port;

  abstract int startBroker(Path folder) throws Exception;

  abstract void listen(Bridge to);

  abstract void stopBroker();

  /**
   * 1, or 0 where it is not sent, but for a client that closes its side while the broker ends the
   * connection.
   */
  abstract int leastWillsOfWhoIsTakenOver();

  /** 0, or 1 where a client that closes its side right behind its DISCONNECT may pass for lost. */
  abstract int mostWillsOfWhoDisconnects();

  abstract boolean saysItsUptime();

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    port = startBroker(folder.resolve("broker"));
    log = SqliteEventLog.open(folder, HistorySettings.DEFAULT);
    positions = SqlitePositionStore.open(folder, HistorySettings.DEFAULT, InstantSource.system());
    var _ = bus.subscribe(news::add);
    wire = new Wire(port, "devices/+/acks", "devices/+/status", "$SYS/broker/uptime");
    bridge =
        new Bridge(
            BridgeSettings.DEFAULT.withBroker("127.0.0.1", port),
            new DevicesSettings(
                DevicesSettings.Enrol.OPEN, 1_000, List.of(), Map.of(), NullIsland.REFUSE),
            new Held(log.fence() + 1),
            System.currentTimeMillis(),
            Duration.ofDays(30),
            bus,
            bus,
            log,
            positions,
            registry,
            RoleClock.system(),
            () -> failed.set(true));
    listen(bridge);
    bridge.start();
    Wire.until("the beat is back through the broker", () -> bridge.ready() && beating());
  }

  private boolean beating() {
    return news.stream()
        .anyMatch(m -> m instanceof BusMessage.BridgeBeat b && b.brokerAgeMillis() < 1_000);
  }

  @AfterAll
  void stop() {
    wire.close();
    bridge.close();
    stopBroker();
    positions.close();
    log.close();
    assertFalse(failed.get(), "no part of the bridge stopped by itself");
  }

  private @Nullable DeviceRecord unit(String id) {
    return bus.read().devices().stream().filter(d -> d.id().equals(id)).findFirst().orElse(null);
  }

  private boolean online(String id) {
    DeviceRecord unit = unit(id);
    return unit != null && unit.online();
  }

  private String refused(String id) {
    DeviceRecord unit = unit(id);
    return unit == null || unit.refused() == null ? "" : unit.refused().reason();
  }

  private double counted(String reason) {
    return registry.counter("sightline.bridge.rejected", "reason", reason).count();
  }

  private static String location() {
    return "{\"timestamp\":%d,\"lat\":47.1,\"lon\":9.5}".formatted(System.currentTimeMillis());
  }

  private static String event(String id, int bytes) {
    String bare = "{\"id\":\"%s\",\"timestamp\":1,\"type\":\"alert\",\"x\":\"\"}".formatted(id);
    return bare.replace("\"\"", "\"" + "x".repeat(bytes - bare.length()) + "\"");
  }

  /** A client with the id of a device and a last will as the seed's. */
  private Mqtt5BlockingClient connect(String id) {
    Mqtt5BlockingClient client =
        MqttClient.builder()
            .useMqttVersion5()
            .identifier(id)
            .serverHost("127.0.0.1")
            .serverPort(port)
            .buildBlocking();
    client.connect(
        Mqtt5Connect.builder()
            .willPublish(
                Mqtt5Publish.builder()
                    .topic("devices/" + id + "/status")
                    .qos(MqttQos.AT_LEAST_ONCE)
                    .retain(true)
                    .payload(GONE.getBytes(StandardCharsets.UTF_8))
                    .asWill()
                    .build())
            .build());
    return client;
  }

  private static void publish(Mqtt5BlockingClient client, String topic, String payload) {
    client
        .publishWith()
        .topic(topic)
        .qos(MqttQos.AT_LEAST_ONCE)
        .payload(payload.getBytes(StandardCharsets.UTF_8))
        .send();
  }

  /** P2, P3, P9. */
  @Test
  void whatIsRefusedIsRefusedByOneReason() {
    wire.publish("devices/bad/location", location());
    Wire.until("it is a unit", () -> unit("bad") != null);
    Map<String, String> reasons =
        Map.of(
            "here I am",
            "malformed",
            "",
            "empty",
            "7",
            "wrong-type",
            "{\"lat\":47,\"lon\":9}",
            "missing-field",
            "{\"timestamp\":1767225600,\"lat\":47,\"lon\":9}",
            "out-of-range",
            "{\"lat\":1,\"lat\":2}",
            "duplicate-key",
            location().replace("47.1", "0").replace("9.5", "0"),
            "null-island",
            location() + " ".repeat(17_000),
            "too-large");
    reasons.forEach(
        (payload, reason) -> {
          double before = counted(reason);
          wire.publish("devices/bad/location", payload);
          Wire.until(reason, () -> counted(reason) == before + 1);
          Wire.until(reason + " at the unit", () -> refused("bad").equals(reason));
        });
    assertTrue(online("bad"));
  }

  /** P61. */
  @Test
  void aTopicIsTakenAsItIs() {
    List<String> bad =
        List.of(
            "devices/b.d/location",
            "devices/b d/location",
            "/devices/b/location",
            "devices//location",
            "devices/b/location/",
            "devices/b/d/location");
    double before = counted("bad-topic");
    bad.forEach(topic -> wire.publish(topic, location()));
    Wire.until("each is counted", () -> counted("bad-topic") == before + bad.size());
    assertNull(unit("b"));
  }

  /** P2, P60. */
  @Test
  void anEventIsAnsweredUpToTheBrokersPacketAndALargerOneEndsItsConnection() {
    wire.publish("devices/large/events", event("fits", 16_384));
    Wire.until("taken", () -> wire.count("devices/large/acks {\"event\":\"fits\"}") == 1);
    for (int bytes : List.of(16_385, 200_000)) {
      wire.publish("devices/large/events", event("over-" + bytes, bytes));
      String answer = "devices/large/acks {\"event\":\"over-" + bytes + "\",\"rejected\":\"too-";
      Wire.until("answered", () -> wire.heard().stream().anyMatch(m -> m.startsWith(answer)));
    }
    // A client of version 5 knows the broker's bound, and does not send it.
    Mqtt3AsyncClient client =
        MqttClient.builder()
            .useMqttVersion3()
            .identifier("huge")
            .serverHost("127.0.0.1")
            .serverPort(port)
            .buildAsync();
    client.connect().join();
    var _ = client.publishWith().topic("devices/huge/events").payload(new byte[PACKET + 1]).send();
    Wire.until("its connection is ended", () -> !client.getState().isConnected());
  }

  /** P60. */
  @Test
  void whatBeginsAsHttpIsEnded() throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      assertTrue(endsInSilence(socket));
    }
  }

  private static boolean endsInSilence(Socket socket) throws IOException {
    try {
      return socket.getInputStream().read() < 0;
    } catch (SocketException e) {
      return true;
    }
  }

  /** P16a. */
  @Test
  void aRetainedStatusIsThereForWhoComesLaterUntilItIsCleared() {
    wire.retain("devices/kept/status", HERE);
    Wire.until("it is a unit", () -> online("kept"));
    try (Wire later = new Wire(port, "later", List.of("devices/kept/status"))) {
      Wire.until("it is given", () -> later.count("devices/kept/status " + HERE) == 1);
    }
    wire.retain("devices/kept/status", "");
    Wire.until("it is retired", () -> unit("kept") == null);
    try (Wire later = new Wire(port, "later", List.of("devices/kept/status"))) {
      wire.publish("devices/kept/status", GONE);
      Wire.until("the next", () -> later.count("devices/kept/status " + GONE) == 1);
      assertEquals(0, later.count("devices/kept/status " + HERE));
    }
  }

  /** P15. */
  @Test
  void aLastWillIsSentWhereTheConnectionBreaksAndNotWhereItIsClosed() throws IOException {
    Mqtt5BlockingClient polite = connect("polite");
    try (Mortal _ = new Mortal(port, "mortal", GONE)) {
      for (String id : List.of("polite", "mortal")) {
        publish(polite, "devices/" + id + "/location", location());
        Wire.until("it is online", () -> online(id));
      }
      polite.disconnect();
    }
    Wire.until("the will of the broken one is sent", () -> !online("mortal"));
    long wills = wire.count("devices/polite/status " + GONE);
    assertTrue(wills <= mostWillsOfWhoDisconnects(), "wills sent: " + wills);
    assertTrue(wills > 0 || online("polite"));
  }

  @Test
  void anotherClientWithTheIdTakesTheConnectionOver() {
    Mqtt5BlockingClient first = connect("taken");
    Mqtt5BlockingClient second = connect("taken");
    Wire.until("the first is ended", () -> !first.getState().isConnected());
    publish(second, "devices/taken/location", location());
    Wire.until("the second is served", () -> online("taken"));
    long wills = wire.count("devices/taken/status " + GONE);
    assertTrue(wills <= 1 && wills >= leastWillsOfWhoIsTakenOver(), "wills sent: " + wills);
  }

  /** P62. */
  @Test
  void twoClientsThatEndEachOtherAreNamedAtTheUnitWhichDoesNotFlap() {
    List<Boolean> states = new ArrayList<>();
    int seen = news.size();
    for (int i = 0; i < 40; i++) {
      Mqtt5BlockingClient rival = connect("same");
      publish(rival, "devices/same/status", HERE);
      publish(rival, "devices/same/location", location());
    }
    Wire.until("it is named", () -> refused("same").equals("same-id"));
    for (BusMessage message : List.copyOf(news).subList(seen, news.size())) {
      if (message instanceof BusMessage.Batch batch) {
        batch.devices().stream()
            .filter(each -> each.id().equals("same"))
            .forEach(each -> states.add(each.online()));
      }
    }
    int flips = 0;
    for (int i = 1; i < states.size(); i++) {
      flips += states.get(i).equals(states.get(i - 1)) ? 0 : 1;
    }
    assertTrue(flips <= 2 * Rivals.TURNS, flips + " changes in 40 turns");
    assertTrue(online("same"));
  }

  @Test
  void onlyMosquittoSaysForHowLongItRuns() {
    if (saysItsUptime()) {
      Wire.until("it says", () -> wire.heard().stream().anyMatch(m -> m.startsWith("$SYS")));
    } else {
      wire.publish("devices/last/status", HERE);
      Wire.until("what is behind", () -> wire.count("devices/last/status " + HERE) == 1);
      assertTrue(wire.heard().stream().noneMatch(m -> m.startsWith("$SYS")));
    }
  }
}
