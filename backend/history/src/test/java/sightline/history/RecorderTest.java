package sightline.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static sightline.history.Samples.position;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sightline.bus.BusMessage;
import sightline.bus.InProcessBus;
import sightline.bus.PositionStream.Cursor;
import sightline.bus.StreamState;
import sightline.protocol.Position;
import sightline.time.RoleClock;

final class RecorderTest {
  private static final RoleClock CLOCK = RoleClock.system();
  private static final int CAP = 50_000;
  private static final Duration NEVER = Duration.ofHours(1);
  private static final Duration OFTEN = Duration.ofMillis(100);

  @TempDir private Path directory;

  private final InProcessBus bus = new InProcessBus(CAP);
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final ConcurrentLinkedQueue<BusMessage.RecorderBeat> beats =
      new ConcurrentLinkedQueue<>();
  private FlakyPositionStore store;
  private EventLog log;
  private long batches;

  @BeforeEach
  void open() {
    HistorySettings settings = HistorySettings.DEFAULT;
    store = new FlakyPositionStore(SqlitePositionStore.open(directory, settings, CLOCK));
    log = SqliteEventLog.open(directory, settings);
    bus.subscribe(
        message -> {
          if (message instanceof BusMessage.RecorderBeat beat) {
            beats.add(beat);
          }
        });
  }

  @AfterEach
  void close() {
    bus.close();
    store.close();
    log.close();
    registry.close();
  }

  @Test
  void positionsAreWrittenAtEachIntervalAndTakenOutOfTheStream() {
    try (Recorder recorder = recorder(OFTEN)) {
      recorder.start();
      append(positions(1_000));
      Await.until("the first are stored", () -> bus.size() == 0);
      append(positions(1_000));
      Await.until("the next are stored", () -> bus.size() == 0);
    }
    assertEquals(2_000, rows());
    assertEquals(2_000, metric("sightline_recorder_batch_rows_sum"));
    assertEquals(StreamCursor.format(new Cursor("e", 2_000)), store.cursor());
  }

  @Test
  void whatTheStreamHoldsIsWrittenOnClose() {
    Recorder recorder = recorder(NEVER);
    recorder.start();
    Await.until("the first, empty turn is over", () -> !beats.isEmpty());
    append(positions(45_000));

    recorder.close();
    recorder.close();

    assertEquals(45_000, rows());
    assertEquals(0, bus.size());
  }

  /** G6: a fleet that returns delivers more within an interval than the stream holds. */
  @Test
  void aStreamThatFillsFasterThanTheIntervalIsReadOnAndNotOverrun() {
    try (Recorder recorder = recorder(NEVER)) {
      recorder.start();
      Await.until("the first, empty turn is over", () -> !beats.isEmpty());
      for (int i = 0; i < 6; i++) {
        append(positions(CAP / 2));
        Await.until("the stream has room again", () -> bus.size() < CAP / 4);
      }
    }
    assertEquals(3 * CAP, rows());
    assertEquals(0, metric("sightline_recorder_missed_total"));
  }

  /** P17: an answer says that positions are in history, and does not take an interval. */
  @Test
  void whatADeviceWaitsForIsStoredWithoutWaitingForTheInterval() {
    try (Recorder recorder = recorder(NEVER)) {
      recorder.start();
      Await.until("the first, empty turn is over", () -> !beats.isEmpty());
      append(positions(10));
      StreamState state = bus.round(new BusMessage.Batch("e", 1, ++batches, List.of()), List.of());
      assertEquals(new StreamState(10, 0, 0, CAP), state);

      bus.round(new BusMessage.Batch("e", 1, ++batches, List.of()), positions(10), true);

      Await.until("all are stored", () -> bus.size() == 0);
      state = bus.round(new BusMessage.Batch("e", 1, ++batches, List.of()), List.of());
      assertEquals(new StreamState(20, 20, 0, CAP), state);
    }
  }

  /** A crash between the store and the trim: nobody else would ever say that these are stored. */
  @Test
  void aRecorderThatStartsSaysHowFarHistoryIs() {
    append(positions(10));
    store.store(positions(10), StreamCursor.format(new Cursor("e", 10)));
    try (Recorder recorder = recorder(NEVER)) {
      recorder.start();
      Await.until("what is stored is trimmed", () -> bus.size() == 0);
    }
  }

  @Test
  void withHistoryAwayNothingIsLostAndTheLagIsTold() {
    store.away(true);
    try (Recorder recorder = recorder(OFTEN)) {
      recorder.start();
      append(positions(5_000));
      Await.until("the lag grows", () -> beats.stream().anyMatch(beat -> beat.lagMillis() > 900));
      assertTrue(metric("sightline_recorder_lag_seconds") > 0.4);
      assertEquals(5_000, bus.size());

      store.away(false);
      Await.until("all are stored", () -> bus.size() == 0);
      beats.clear();
      Await.until("the lag is gone", () -> beats.stream().anyMatch(beat -> beat.lagMillis() == 0));
    }
    assertEquals(5_000, rows());
    assertEquals(0, metric("sightline_recorder_missed_total"));
  }

  @Test
  void whileHistoryIsAwayItTriesLessAndLessOften() {
    try (Recorder recorder = recorder(OFTEN)) {
      recorder.start();
      Await.until("it runs", () -> !beats.isEmpty());
      long start = System.nanoTime();
      store.away(true);
      append(positions(10));
      Await.until("it has tried three times", () -> store.attempts() == 3);
      assertTrue(System.nanoTime() - start >= Duration.ofMillis(1_500).toNanos());
      store.away(false);
    }
    assertEquals(10, rows());
  }

  @Test
  void beatsGoOnTwiceASecond() {
    try (Recorder recorder = recorder(NEVER)) {
      recorder.start();
      long start = System.nanoTime();
      Await.until("four beats", () -> beats.size() >= 4);
      Duration took = Duration.ofNanos(System.nanoTime() - start);
      assertTrue(took.toMillis() >= 1_400, "four beats in " + took);
    }
    long age = CLOCK.millis() - List.copyOf(beats).getLast().recordedThrough();
    assertTrue(age < 10_000, "an idle stream is recorded up to now, not to " + age + " ms ago");
  }

  @Test
  void aPositionThatWaitsIsNotYetRecordedThrough() {
    store.away(true);
    List<Position> waiting = List.of(position("dev-1", CLOCK.millis() - 40, 1));
    append(waiting);
    try (Recorder recorder = recorder(NEVER)) {
      recorder.start();
      Await.until("it beats", () -> !beats.isEmpty());
      assertEquals(waiting.getFirst().received() - 1, beats.element().recordedThrough());
      store.away(false);
    }
  }

  @Test
  void whatTheStreamDroppedIsCountedOnce() {
    store.away(true);
    try (Recorder recorder = recorder(OFTEN)) {
      recorder.start();
      append(positions(CAP + 700));
      Await.until("it tries", () -> !beats.isEmpty());
      store.away(false);
      Await.until("all are stored", () -> bus.size() == 0);
    }
    assertEquals(CAP, rows());
    assertEquals(700, metric("sightline_recorder_missed_total"));
  }

  @Test
  void aNewRecorderGoesOnFromTheCursor() {
    append(positions(100));
    try (Recorder recorder = recorder(NEVER)) {
      recorder.start();
      Await.until("they are stored", () -> bus.size() == 0);
    }
    append(positions(50));
    try (Recorder recorder = recorder(NEVER)) {
      recorder.start();
      Await.until("the rest is stored", () -> bus.size() == 0);
    }
    assertEquals(150, rows());
    assertEquals(150, metric("sightline_ledger_total{flow=\"positions\",hop=\"recorder-in\"}"));
    assertEquals(150, metric("sightline_ledger_total{flow=\"positions\",hop=\"recorder-out\"}"));
    assertEquals(0, metric("sightline_ledger_total{flow=\"positions\",hop=\"recorder-known\"}"));
  }

  @Test
  void whatHistoryRefusesIsInTheLedgerAndDoesNotStopTheRest() {
    append(List.of(position("dev-1", 5, 0), position("dev-1", CLOCK.millis(), 1)));
    try (Recorder recorder = recorder(NEVER)) {
      recorder.start();
      Await.until("they are stored", () -> bus.size() == 0);
    }
    assertEquals(1, rows());
    assertEquals(1, metric("sightline_ledger_total{flow=\"positions\",hop=\"recorder-refused\"}"));
  }

  @Test
  void closeGivesUpAtItsDeadlineWhileHistoryIsAway() {
    store.away(true);
    append(positions(10));
    Recorder recorder =
        new Recorder(
            bus,
            bus,
            store,
            log,
            settings(NEVER),
            CLOCK,
            registry,
            () -> {},
            Duration.ofMillis(300));
    recorder.start();

    recorder.close();

    assertEquals(10, bus.size());
  }

  @Test
  void everyMetricOfTheContractIsThere() {
    append(positions(10));
    try (Recorder recorder = recorder(NEVER)) {
      recorder.start();
      Await.until("they are stored", () -> bus.size() == 0);
    }
    String scraped = registry.scrape();
    for (String name :
        List.of(
            "sightline_recorder_lag_seconds",
            "sightline_recorder_batch_rows_count",
            "sightline_recorder_batch_seconds_count",
            "sightline_recorder_missed_total",
            "sightline_ledger_total{flow=\"positions\",hop=\"recorder-in\"}")) {
      assertTrue(scraped.contains("\n" + name + " "), name + " in\n" + scraped);
    }
  }

  private Recorder recorder(Duration interval) {
    return new Recorder(bus, bus, store, log, settings(interval), CLOCK, registry, () -> {});
  }

  private static HistorySettings settings(Duration interval) {
    HistorySettings standard = HistorySettings.DEFAULT;
    return new HistorySettings(
        standard.eventsRetention(),
        standard.positionsRetention(),
        standard.readers(),
        interval,
        standard.recorderBatchRows());
  }

  private void append(List<Position> positions) {
    batches++;
    bus.round(new BusMessage.Batch("e", 1, batches, List.of()), positions);
  }

  private List<Position> positions(int count) {
    List<Position> positions = new ArrayList<>(count);
    long now = CLOCK.millis();
    for (int i = 0; i < count; i++) {
      positions.add(position("dev-" + i % 100, now, batches * 1_000_000 + i));
    }
    return positions;
  }

  private long rows() {
    long rows = 0;
    for (int i = 0; i < 100; i++) {
      rows += store.track("dev-" + i, 0, Long.MAX_VALUE, 0, 1_000_000).size();
    }
    return rows;
  }

  private double metric(String name) {
    Matcher line =
        Pattern.compile("^" + Pattern.quote(name) + " (\\S+)$", Pattern.MULTILINE)
            .matcher(registry.scrape());
    assertTrue(line.find(), name);
    return Double.parseDouble(line.group(1));
  }
}
