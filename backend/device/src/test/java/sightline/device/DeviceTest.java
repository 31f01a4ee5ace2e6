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
import java.util.HashSet;
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
  private static final Pattern BATCH = Pattern.compile("\"id\":\"([^\"]*)\",\"locations\"");
  private static final Pattern SEQ = Pattern.compile("\"seq\":([0-9]+)");

  private volatile boolean answerBacklogs;

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
    answerBacklogs = true;
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
    for (Ears.Heard array : ears.messages("location").subList(1, payloads.size())) {
      assertTrue(array.payload().length() <= 16 << 10 && array.qos() == 1, array.payload());
    }
    assertEquals(0, device.stats().positionsWaiting());
  }

  /** P49: what is not answered is not recorded, whatever the broker says. */
  @Test
  void aBacklogStaysOnDiskOverANewProcessUntilItsAnswerComes() throws Exception {
    Device old = device(builder("dev-1"));
    for (int i = 0; i < 1_500; i++) {
      old.report(Location.at(47.1, 9.5));
    }
    Ears ears = ears();
    old.start();
    ears.await("location", heard -> heard.size() == 1);
    assertEquals(1_500, old.stats().positionsWaiting(), "one is outstanding until an answer comes");
    old.close();

    Device device = device(builder("dev-1"));
    device.start();
    List<String> heard = ears.await("location", all -> all.size() == 2);
    assertEquals(all(SEQ, heard.subList(0, 1)), all(SEQ, heard.subList(1, 2)));
    assertFalse(all(ID, heard).get(0).equals(all(ID, heard).get(1)), "another life's id");
    answerBacklogs = true;
    ears.answer("dev-1", "{\"batch\":\"" + all(ID, heard).get(1) + "\"}");
    Await.until("all answered", () -> device.stats().positionsFromBacklog() == 1_500);
    assertEquals(0, device.stats().positionsWaiting());
  }

  /** P49: a refusal of the moment, or no answer at all, costs nothing. */
  @Test
  void aBacklogThatIsGivenBackOrNotAnsweredGoesAgainAndIsNotGivenUp() throws Exception {
    Device device =
        device(builder("dev-1").repeatEvents(Duration.ofMillis(200), Duration.ofMillis(400)));
    device.report(Location.at(47.1, 9.5));
    Ears ears = ears();
    device.start();
    String id = all(ID, ears.await("location", heard -> heard.size() == 3)).get(2);
    ears.answer("dev-1", "{\"batch\":\"" + id + "\",\"rejected\":\"overload\"}");
    int before = ears.messages("location").size();
    ears.await("location", heard -> heard.size() >= before + 2);
    assertEquals(1, device.stats().positionsWaiting());
    ears.answer("dev-1", "{\"batch\":\"" + id + "\",\"refused\":1}");
    Await.until("answered", () -> device.stats().positionsWaiting() == 0);
    assertEquals(1, device.stats().positionsRefused());
    assertEquals(1, new HashSet<>(all(ID, ears.await("location", h -> true))).size());
  }

  /** P17: nothing is a dead letter because of a refusal that somebody can lift. */
  @Test
  void anEventThatIsRefusedForNowIsKeptAndGoesAgainInOrder() throws Exception {
    Recorder recorder = new Recorder();
    Device device =
        device(
            builder("dev-1")
                .listener(recorder)
                .repeatEvents(Duration.ofMillis(300), Duration.ofSeconds(1)));
    Ears ears = ears();
    device.start();
    List<String> ids = List.of(device.send(Event.of("one")), device.send(Event.of("two")));
    ears.await("events", heard -> heard.size() == 2);
    ears.forget();
    for (String id : ids) {
      ears.answer("dev-1", "{\"event\":\"" + id + "\",\"rejected\":\"too-many-devices\"}");
    }
    assertEquals(ids, all(ID, ears.await("events", heard -> heard.size() >= 2)).subList(0, 2));
    assertEquals(2, device.stats().eventsWaiting());
    for (String id : ids) {
      ears.answer("dev-1", "{\"event\":\"" + id + "\"}");
    }
    Await.until("recorded", () -> device.stats().eventsAcknowledged() == 2);
    assertEquals(ids.stream().map(id -> "acknowledged " + id).toList(), recorder.lines);
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
    answerBacklogs = true;
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
    Ears[] bridge = new Ears[1];
    bridge[0] =
        new Ears(
            broker.port(),
            heard -> {
              alsoDo.accept(heard);
              Matcher id = BATCH.matcher(heard.payload());
              if (answerBacklogs && bridge[0] != null && id.find()) {
                String device = heard.topic().split("/", -1)[1];
                bridge[0].answer(device, "{\"batch\":\"" + id.group(1) + "\"}");
              }
            });
    opened.add(bridge[0]);
    return bridge[0];
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
