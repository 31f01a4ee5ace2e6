package sightline.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import sightline.bus.BusMessage;
import sightline.bus.DeviceRecord;
import sightline.bus.InProcessBus;
import sightline.protocol.Location;
import sightline.protocol.Status;
import sightline.time.RoleClock;

/** How rounds follow one another. */
final class RoundsTest {
  private static final Duration REST = Duration.ofMillis(700);

  private final InProcessBus bus = new InProcessBus(100_000);
  private final BridgeMetrics metrics = new BridgeMetrics(new SimpleMeterRegistry());
  private final LiveQueue queue = new LiveQueue(100);
  private final AtomicBoolean failed = new AtomicBoolean();
  private final BlockingQueue<Heard> batches = new LinkedBlockingQueue<>();
  private final Rounds rounds =
      new Rounds(
          bus,
          new PendingEvents(bus, bus, 1, metrics, () -> failed.set(true)),
          queue,
          new FleetMirror(1_000, (topic, payload, qos, retain) -> new CompletableFuture<>()),
          new Marks(),
          new NoEvents(),
          new Enrolment(DevicesSettings.DEFAULT),
          metrics,
          RoleClock.system(),
          1,
          Duration.ofDays(30).toMillis(),
          30_000,
          REST,
          Long.MIN_VALUE,
          (topic, payload, qos, retain) -> new CompletableFuture<>(),
          () -> failed.set(true));

  /** No connection by which marks could come back. */
  private static final class NoEvents implements Rounds.Events {
    @Override
    public long connection() {
      return 0;
    }

    @Override
    public MqttPublisher publisher() {
      return (topic, payload, qos, retain) -> new CompletableFuture<>();
    }
  }

  private record Heard(List<String> devices, long nanos) {}

  @AfterEach
  void close() {
    rounds.close();
    bus.close();
    assertTrue(!failed.get(), "the rounds went on to the end");
  }

  @Test
  void oneAloneLeavesAtOnceAndThoseInTheRestOfItLeaveTogether() throws Exception {
    var _ =
        bus.subscribe(
            message -> {
              if (message instanceof BusMessage.Batch batch && !batch.devices().isEmpty()) {
                List<String> ids = batch.devices().stream().map(DeviceRecord::id).toList();
                batches.add(new Heard(ids, System.nanoTime()));
              }
            });
    rounds.start(List.of(), List.of(), Map.of());
    long asked = System.nanoTime();
    move("first");
    Heard first = next();
    assertTrue(first.nanos() - asked < REST.toNanos(), "the first waits for nothing");
    for (String id : List.of("a", "b", "c")) {
      Thread.sleep(40);
      move(id);
    }
    Heard then = next();
    assertEquals(List.of("first"), first.devices());
    assertEquals(List.of("a", "b", "c"), then.devices());
    long apart = TimeUnit.NANOSECONDS.toMillis(then.nanos() - first.nanos());
    assertTrue(apart >= REST.toMillis() - 1, apart + " ms from one round to the next");
  }

  /** P9: who looks at the unit is told what of it is lost, and why. */
  @Test
  void whatIsShedIsCountedAtItsUnit() throws Exception {
    BlockingQueue<DeviceRecord> told = new LinkedBlockingQueue<>();
    var _ =
        bus.subscribe(
            message -> {
              if (message instanceof BusMessage.Batch batch) {
                told.addAll(batch.devices());
              }
            });
    rounds.start(List.of(), List.of(), Map.of());
    Location at = new Location(System.currentTimeMillis(), 43.7, 7.4, 0, 0, 0, 0, 0);
    List<Location> more = Collections.nCopies(80_000, at);
    for (int i = 0; i < 2; i++) {
      queue.put(new LiveInput.Moved("a", more, true, false, System.currentTimeMillis(), 1));
    }

    DeviceRecord unit = told.poll(10, TimeUnit.SECONDS);
    while (unit != null && unit.refused() == null) {
      unit = told.poll(10, TimeUnit.SECONDS);
    }

    assertNotNull(unit, "it is never told");
    assertEquals(80_000, Objects.requireNonNull(unit.refused()).count());
    assertEquals("overload", Objects.requireNonNull(unit.refused()).reason());
  }

  /** P15, P62: of two clients with one id, the end of the last one is not hidden by the other's. */
  @Test
  @Tag("slow")
  void aLateWillOfTheOtherClientDoesNotHideTheEndOfTheLast() throws Exception {
    BlockingQueue<DeviceRecord> told = new LinkedBlockingQueue<>();
    var _ =
        bus.subscribe(
            message -> {
              if (message instanceof BusMessage.Batch batch) {
                told.addAll(batch.devices());
              }
            });
    rounds.start(List.of(), List.of(), Map.of());
    for (String session : List.of("a", "b", "a", "b", "a", "b")) {
      say(true, session);
    }
    say(false, "a");
    say(false, "b");

    DeviceRecord unit = told.poll(10, TimeUnit.SECONDS);
    while (unit != null && unit.online()) {
      unit = told.poll(10, TimeUnit.SECONDS);
    }

    assertNotNull(unit, "it stays online");
  }

  private void say(boolean online, String session) {
    Status status = new Status(online, 1, null, null, session, null, null, null);
    queue.put(new LiveInput.Said("unit", status, false, System.currentTimeMillis(), 1));
  }

  /** G6: a clean stop sends all that is unsent, and not only what a round takes. */
  @Test
  void aStopSendsAllThatIsUnsent() {
    rounds.start(List.of(), List.of(), Map.of());
    Location at = new Location(System.currentTimeMillis(), 43.7, 7.4, 0, 0, 0, 0, 0);
    List<Location> backlog = Collections.nCopies(12_000, at);
    queue.put(new LiveInput.Moved("a", backlog, true, false, System.currentTimeMillis(), 1));

    rounds.close();

    assertEquals(12_000, bus.size());
  }

  private void move(String device) {
    Location at =
        new Location(
            System.currentTimeMillis(),
            43.7,
            7.4,
            Double.NaN,
            Double.NaN,
            Double.NaN,
            Double.NaN,
            0);
    long now = System.currentTimeMillis();
    queue.put(new LiveInput.Moved(device, List.of(at), false, false, now, System.nanoTime()));
  }

  private Heard next() throws InterruptedException {
    Heard heard = batches.poll(10, TimeUnit.SECONDS);
    assertTrue(heard != null, "a round within 10 s");
    return heard;
  }
}
