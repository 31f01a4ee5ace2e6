package sightline.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import sightline.broker.BrokerSettings;
import sightline.broker.EmbeddedBroker;
import sightline.bus.InProcessBus;
import sightline.protocol.ProbeRound;

/** What a probe says of a path that is broken; a whole one is measured in the system's tests. */
final class ProbeTest {
  private static ProbeSettings every(Duration interval) {
    return settings("t", interval, Duration.ofSeconds(2), 3);
  }

  private static ProbeSettings settings(String name, Duration interval, Duration within, int keep) {
    ProbeSettings rest = ProbeSettings.DEFAULT;
    return new ProbeSettings(
        name, interval, within, keep, null, rest.mqtt(), "", rest.url(), null, rest.gateways());
  }

  private Probe probe(InProcessBus bus) {
    return new Probe("key", bus, () -> true, told::add, metrics, InstantSource.system());
  }

  private final List<ProbeRound> told = new CopyOnWriteArrayList<>();
  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();

  @TempDir Path directory;

  private static int closedPort() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static void await(BooleanSupplier wanted) throws Exception {
    long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!wanted.getAsBoolean()) {
      assertTrue(System.nanoTime() < end, "it did not come");
      Thread.sleep(10);
    }
  }

  private double failures(String hop) {
    return metrics.get("sightline.probe.hop.failures").tag("hop", hop).counter().count();
  }

  private List<ProbeRound> measured(int brokerPort, int gatewayPort, int atLeast) throws Exception {
    try (InProcessBus bus = new InProcessBus(1_000);
        Probe probe = probe(bus)) {
      URI gateway = URI.create("ws://127.0.0.1:" + gatewayPort);
      probe.start(every(Duration.ofMillis(50)).at("127.0.0.1", brokerPort, gateway, "gateway-1"));
      await(() -> probe.rounds().size() >= atLeast);
      return probe.rounds();
    }
  }

  @Test
  void aBrokerThatIsAwayIsNamedAndEveryFailureCounted() throws Exception {
    List<ProbeRound> rounds = measured(closedPort(), closedPort(), 2);
    assertEquals("broker", rounds.getFirst().failed());
    assertTrue(Double.isNaN(rounds.getFirst().total()));
    assertEquals("gateway-1", rounds.getFirst().gateway());
    assertEquals(rounds.getFirst(), told.getFirst());
    assertTrue(failures("broker") >= 2);
    assertEquals(0, failures("gateway"));
    assertEquals(0, metrics.get("sightline.probe.last.success.timestamp.seconds").gauge().value());
  }

  @Test
  void aGatewayThatIsAwayIsNamedAndOnlySoManyMeasurementsAreKept() throws Exception {
    BrokerSettings free =
        new BrokerSettings("127.0.0.1", 0, 256 * 1024, 8L << 20, Duration.ofDays(1));
    try (EmbeddedBroker broker = new EmbeddedBroker(free, directory)) {
      broker.start();
      List<ProbeRound> rounds = measured(broker.port(), closedPort(), 3);
      assertEquals("gateway", rounds.getLast().failed());
      assertTrue(rounds.size() <= 3);
    }
  }

  @Test
  void anIntervalOfZeroTurnsItOff() throws Exception {
    try (InProcessBus bus = new InProcessBus(1_000);
        Probe probe = probe(bus)) {
      probe.start(every(Duration.ZERO));
      assertEquals(List.of(), probe.rounds());
      assertEquals(0, failures("broker"));
    }
  }

  @Test
  void settingsOutOfRangeAreNamed() {
    assertThrows(
        IllegalArgumentException.class,
        () -> settings("a/b", Duration.ZERO, Duration.ofSeconds(1), 1));
    assertThrows(
        IllegalArgumentException.class,
        () -> settings("a", Duration.ofDays(2), Duration.ofSeconds(1), 1));
  }

  @Test
  void whatFailsAgainAndAgainIsOneLineAndNotOneAMeasurement() throws Exception {
    Logger logger = (Logger) LoggerFactory.getLogger(Probe.class);
    ListAppender<ILoggingEvent> lines = new ListAppender<>();
    lines.list = new CopyOnWriteArrayList<>();
    lines.start();
    logger.addAppender(lines);
    try {
      List<ProbeRound> _ = measured(closedPort(), closedPort(), 3);
    } finally {
      logger.detachAppender(lines);
    }
    assertEquals(1, lines.list.size(), lines.list.toString());
  }
}
