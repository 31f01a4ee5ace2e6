package sightline.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import sightline.broker.BrokerSettings;
import sightline.broker.EmbeddedBroker;

@Timeout(60)
class DeviceTest {
  private static final Pattern ID = Pattern.compile("\"id\":\"([^\"]*)\"");
  private static final Pattern SEQ = Pattern.compile("\"seq\":([0-9]+)");

  @TempDir private Path directory;
  private EmbeddedBroker broker;
  private final List<AutoCloseable> opened = new ArrayList<>();

  @BeforeEach
  void start() throws Exception {
    broker = broker(0);
  }

  @AfterEach
  void stop() throws Exception {
    for (AutoCloseable one : opened.reversed()) {
      one.close();
    }
  }

  @Test
  void saysThatItIsOnlineAndOnACleanCloseThatItIsNot() throws Exception {
    Device device = device(builder("dev-1").kind("vehicle").name("Unit 12").firmware("4.2"));
    device.report(new Status(81, 64));
    Ears ears = ears();
    device.start();
    String session = device.session();
    String online = ears.await("status", heard -> heard.size() == 1).getFirst();
    assertEquals(
        "{\"online\":true,\"timestamp\":5,\"battery\":81,\"signal\":64,\"session\":\""
            + session
            + "\",\"kind\":\"vehicle\",\"name\":\"Unit 12\",\"firmware\":\"4.2\"}",
        online);
    device.close();
    String offline = "{\"online\":false,\"timestamp\":5,\"session\":\"" + session + "\"}";
    assertEquals(List.of(online, offline), ears.await("status", heard -> heard.size() >= 2));
    ears.close();
    assertEquals(List.of(offline), ears().await("status", heard -> !heard.isEmpty()));
  }

  @Test
  void aConnectionThatIsCutLeavesTheLastWill() throws Exception {
    Device device = device(builder("dev-1"));
    Ears ears = ears();
    device.start();
    ears.await("status", heard -> heard.size() == 1);
    device.goDark();
    assertEquals(
        "{\"online\":false,\"timestamp\":5,\"session\":\"" + device.session() + "\"}",
        ears.await("status", heard -> heard.size() == 2).getLast());
    device.comeBack();
    ears.await("status", heard -> heard.size() == 3 && heard.getLast().contains("true"));
  }

  @Test
  void positionsGoAtOnceAndThoseOfATimeWithoutConnectionInOrderInArrays() throws Exception {
    Device device = device(builder("dev-1"));
    Ears ears = ears();
    device.start();
    Await.until("online", () -> device.stats().online());
    device.report(Location.at(47.1, 9.5));
    assertEquals(
        "{\"timestamp\":5,\"lat\":47.1,\"lon\":9.5,\"seq\":1}",
        ears.await("location", heard -> heard.size() == 1).getFirst());
    assertEquals(0, ears.messages("location").getFirst().qos());

    device.goDark();
    Await.until("offline", () -> !device.stats().online());
    for (int i = 0; i < 500; i++) {
      device.report(Location.at(47.1, 9.5));
    }
    assertEquals(500, device.stats().positionsWaiting());
    device.comeBack();
    Await.until("the backlog is sent", () -> device.stats().positionsFromBacklog() == 500);
    List<String> payloads = ears.await("location", heard -> all(SEQ, heard).size() == 501);
    assertEquals(
        IntStream.rangeClosed(1, 501).mapToObj(Integer::toString).toList(), all(SEQ, payloads));
    for (String array : payloads.subList(1, payloads.size())) {
      assertTrue(array.startsWith("[") && array.endsWith("]") && array.length() <= 16 << 10, array);
    }
  }

  @Test
  void anEventStaysOnDiskUntilItsAnswerComes() throws Exception {
    Recorder recorder = new Recorder();
    Device device = device(builder("dev-1").listener(recorder));
    Ears ears = ears();
    device.start();
    String id = device.send(Event.of("alert").severity("critical").message("Panic button"));
    List<String> events = ears.await("events", heard -> heard.size() == 1);
    assertEquals(
        "{\"id\":\""
            + id
            + "\",\"timestamp\":5,\"type\":\"alert\",\"severity\":\"critical\","
            + "\"message\":\"Panic button\"}",
        events.getFirst());
    ears.answer("dev-1", "{\"event\":\"another\"}");
    ears.answer("dev-1", "nonsense");
    assertEquals(1, device.stats().eventsWaiting());
    ears.answer("dev-1", "{\"event\":\"" + id + "\"}");
    Await.until("the listener is told", () -> recorder.lines.contains("acknowledged " + id));
    assertEquals(1, device.stats().eventsAcknowledged());
    assertEquals(0, device.stats().eventsWaiting());
    assertEquals(List.of("acknowledged " + id), List.copyOf(recorder.lines));
    assertEquals(0, Files.size(directory.resolve("dev-1/events.log")));
  }

  @Test
  void aRefusedEventBecomesADeadLetterAndTheListenerHears() throws Exception {
    Recorder recorder = new Recorder();
    Device device = device(builder("dev-1").listener(recorder));
    Ears ears = ears();
    device.start();
    String id = device.send(Event.of("alert"));
    ears.await("events", heard -> heard.size() == 1);
    ears.answer("dev-1", "{\"event\":\"" + id + "\",\"rejected\":\"too large\"}");
    Await.until("rejected", () -> recorder.lines.contains("rejected " + id + " too large"));
    assertEquals(0, device.stats().eventsWaiting());
    String letter = Files.readString(directory.resolve("dev-1/dead-letters.jsonl"));
    assertTrue(letter.startsWith("{\"rejected\":\"too large\"") && letter.contains(id), letter);
  }

  @Test
  void unansweredEventsGoAgainInOrderOnEachNewConnection() throws Exception {
    Device device = device(builder("dev-1"));
    Ears ears = ears();
    device.start();
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      ids.add(device.send(Event.of("trigger")));
    }
    ears.await("events", heard -> heard.size() == 5);
    ears.answer("dev-1", "{\"event\":\"" + ids.remove(2) + "\"}");
    Await.until("one answered", () -> device.stats().eventsAcknowledged() == 1);
    ears.forget();
    device.goDark();
    device.comeBack();
    assertEquals(ids, all(ID, ears.await("events", heard -> heard.size() == 4)));
  }

  @Test
  void anUnansweredEventGoesAgainAfterAWhileThatDoubles() throws Exception {
    Device device =
        device(builder("dev-1").repeatEvents(Duration.ofMillis(100), Duration.ofMillis(400)));
    List<Long> times = Collections.synchronizedList(new ArrayList<>());
    Ears ears =
        ears(
            heard -> {
              if (heard.topic().endsWith("events")) {
                times.add(System.nanoTime());
              }
            });
    device.start();
    device.send(Event.of("alert"));
    ears.await("events", heard -> heard.size() >= 4);
    Await.until("four times", () -> times.size() >= 4);
    assertTrue(times.get(3) - times.get(0) >= 650_000_000L, times.toString());
    assertEquals(1, device.stats().eventsWaiting());
  }

  @Test
  void aNewProcessSendsWhatTheOldOneGotNoAnswerFor() throws Exception {
    Device old = device(builder("dev-1"));
    old.start();
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      ids.add(old.send(Event.of("trigger")));
    }
    old.close();
    Ears ears = ears();
    Device device = device(builder("dev-1"));
    device.start();
    ids.add(device.send(Event.of("trigger")));
    assertEquals(ids, all(ID, ears.await("events", heard -> heard.size() == 4)));
  }

  @Test
  void aLargeSpoolDrainsInOrderWithABoundedNumberUnanswered() throws Exception {
    Device device =
        device(
            builder("dev-1").eventWindow(10).spool(Spool.inMemory(new SpoolLimits(300, 1 << 20))));
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      ids.add(device.send(Event.of("trigger")));
    }
    AtomicInteger unanswered = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    Ears[] bridge = new Ears[1];
    Ears ears =
        ears(
            heard -> {
              most.accumulateAndGet(unanswered.incrementAndGet(), Math::max);
              Matcher id = ID.matcher(heard.payload());
              if (id.find() && bridge[0] != null) {
                unanswered.decrementAndGet();
                bridge[0].answer("dev-1", "{\"event\":\"" + id.group(1) + "\"}");
              }
            });
    bridge[0] = ears;
    device.start();
    Await.until("all answered", () -> device.stats().eventsAcknowledged() == 300);
    assertEquals(ids, all(ID, ears.await("events", heard -> heard.size() == 300)));
    assertTrue(most.get() <= 11, most + " unanswered at a time");
    assertEquals(0, device.stats().eventsWaiting());
  }

  @Test
  void itComesBackAfterTheBrokerDoes() throws Exception {
    int port = broker.port();
    Device device =
        device(builder("dev-1").repeatEvents(Duration.ofMillis(500), Duration.ofSeconds(1)));
    device.start();
    Await.until("online", () -> device.stats().online());
    broker.close();
    Await.until("offline", () -> !device.stats().online());
    device.report(Location.at(47.1, 9.5));
    String id = device.send(Event.of("alert"));
    opened.remove(broker);
    broker = broker(port);
    Ears ears = ears();
    assertEquals(id, all(ID, ears.await("events", heard -> !heard.isEmpty())).getFirst());
    Await.until("the backlog is sent", () -> device.stats().positionsFromBacklog() == 1);
    assertTrue(device.stats().connects() >= 2);
  }

  @Test
  void manyDevicesShareThreeThreads() throws Exception {
    try (DeviceExecutor shared = new DeviceExecutor("shared", 2)) {
      List<Device> devices = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        Device device = device(builder("dev-" + i).executor(shared));
        devices.add(device);
        device.start();
      }
      Await.until("all online", () -> devices.stream().allMatch(d -> d.stats().online()));
      List<String> threads =
          Thread.getAllStackTraces().keySet().stream()
              .map(Thread::getName)
              .filter(name -> name.startsWith("shared"))
              .toList();
      assertTrue(threads.size() <= 3, threads.toString());
      devices.forEach(Device::close);
      assertFalse(devices.stream().anyMatch(d -> d.stats().online()));
    }
  }

  private DeviceBuilder builder(String id) {
    return Device.builder(id)
        .broker(URI.create("mqtt://127.0.0.1:" + broker.port()))
        .spool(Spool.onDisk(directory.resolve(id)))
        .random(() -> 0L)
        .clock(() -> Instant.ofEpochMilli(5));
  }

  private Device device(DeviceBuilder builder) {
    Device device = builder.build();
    opened.add(device);
    return device;
  }

  private Ears ears() throws Exception {
    return ears(heard -> {});
  }

  private Ears ears(Consumer<Ears.Heard> alsoDo) throws Exception {
    Ears ears = new Ears(broker.port(), alsoDo);
    opened.add(ears);
    return ears;
  }

  private EmbeddedBroker broker(int port) throws Exception {
    EmbeddedBroker started =
        new EmbeddedBroker(
            new BrokerSettings("127.0.0.1", port, 1 << 18, 64L << 20, Duration.ofHours(1)),
            directory.resolve("broker"));
    started.start();
    opened.addFirst(started);
    return started;
  }

  private static List<String> all(Pattern pattern, List<String> payloads) {
    List<String> found = new ArrayList<>();
    for (String payload : payloads) {
      Matcher matcher = pattern.matcher(payload);
      while (matcher.find()) {
        found.add(matcher.group(1));
      }
    }
    return found;
  }

  /** Writes down what becomes of events. */
  private static final class Recorder implements DeviceListener {
    private final List<String> lines = Collections.synchronizedList(new ArrayList<>());

    @Override
    public void eventAcknowledged(String id) {
      lines.add("acknowledged " + id);
    }

    @Override
    public void eventRejected(String id, String reason) {
      lines.add("rejected " + id + " " + reason);
    }
  }
}
