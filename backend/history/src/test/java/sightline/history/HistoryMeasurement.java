package sightline.history;

import static sightline.history.Samples.events;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import sightline.protocol.Order;
import sightline.protocol.Position;

/**
 * Prints the figures of docs/decisions/0003-sqlite-history.md, measured in a new directory below
 * the one that is named. A command, not a test; one thread.
 */
final class HistoryMeasurement {
  private static final int DEVICES = 600;
  private static final int BATCH = 24_000;
  private static final long START = Samples.MIDNIGHT;
  private static final InstantSource NOON =
      InstantSource.fixed(Instant.ofEpochMilli(START + Duration.ofHours(12).toMillis()));
  private static final Random RANDOM = new Random(1);

  private HistoryMeasurement() {}

  /** Arguments: the parent directory, and how many million positions. */
  public static void main(String[] arguments) throws IOException {
    Path directory = Files.createTempDirectory(Path.of(arguments[0]), "history-");
    int batches = Integer.parseInt(arguments[1]) * 1_000_000 / BATCH;
    long start = System.nanoTime();
    EventLog log = SqliteEventLog.open(directory, HistorySettings.DEFAULT);
    say("open events.db, new, native library too", millisSince(start));
    start = System.nanoTime();
    PositionStore store = SqlitePositionStore.open(directory, HistorySettings.DEFAULT, NOON);
    say("open positions.db, new", millisSince(start));
    try (log;
        store) {
      for (int group : new int[] {1, 10, 100}) {
        appends(log, "warm" + group, group, 50);
        appends(log, "g" + group, group, 400);
      }
      fill(store, batches);
      long bytes = Files.size(directory.resolve("positions-20260101.db"));
      say("bytes a row", (double) bytes / ((long) batches * BATCH));
      tracks(store, batches);
      start = System.nanoTime();
      say("devices with a newest", store.newest().size());
      say("newest of all, ms", millisSince(start));
    }
    start = System.nanoTime();
    SqliteEventLog.open(directory, HistorySettings.DEFAULT).close();
    say("open and close events.db, existing", millisSince(start));
    start = System.nanoTime();
    SqlitePositionStore.open(directory, HistorySettings.DEFAULT, NOON).close();
    say("open and close positions.db, existing", millisSince(start));
  }

  private static void appends(EventLog log, String prefix, int group, int count) {
    double[] took = new double[count];
    long start = System.nanoTime();
    for (int i = 0; i < count; i++) {
      long one = System.nanoTime();
      log.append(1, events("dev-" + i % DEVICES, prefix + "-" + i, group));
      took[i] = millisSince(one);
    }
    double seconds = millisSince(start) / 1000;
    spread(prefix + ": append of " + group + ", ms", took);
    say(prefix + ": events/s", count * group / seconds);
  }

  private static void fill(PositionStore store, int batches) {
    double[] took = new double[batches];
    for (int b = 0; b < batches; b++) {
      List<Position> batch = new ArrayList<>(BATCH);
      for (int i = 0; i < BATCH; i++) {
        batch.add(position(i % DEVICES, (long) b * (BATCH / DEVICES) + i / DEVICES));
      }
      long start = System.nanoTime();
      store.store(batch, "cursor-" + b);
      took[b] = millisSince(start);
    }
    spread("batch of 24,000 positions, ms", took);
    say("positions/s", BATCH * 1000.0 / Arrays.stream(took).average().orElseThrow());
    say("million rows", batches * BATCH / 1e6);
  }

  private static void tracks(PositionStore store, int batches) {
    long span = (long) batches * (BATCH / DEVICES) * 500;
    for (long every : new long[] {0, 10_000}) {
      double[] took = new double[300];
      int rows = 0;
      for (int i = 0; i < took.length; i++) {
        long from = START + (long) (RANDOM.nextDouble() * (span - 1_800_000));
        long start = System.nanoTime();
        rows +=
            store.track(id(RANDOM.nextInt(DEVICES)), from, from + 1_800_000, every, 10_000).size();
        took[i] = millisSince(start);
      }
      String what = "track of 30 minutes, every " + every + " ms";
      say(what + ": rows", (double) rows / took.length);
      spread(what + ", ms", took);
    }
  }

  private static Position position(int device, long n) {
    long millis = START + n * 500;
    double drift = n * 1e-5;
    return new Position(
        id(device),
        new Order(millis, n),
        millis + 30,
        millis,
        false,
        47.05 + drift / 7,
        9.48 + drift / 9,
        RANDOM.nextInt(3600) / 10.0,
        RANDOM.nextInt(300) / 10.0,
        5,
        460);
  }

  private static String id(int device) {
    return "unit-%04d".formatted(device);
  }

  private static double millisSince(long start) {
    return (System.nanoTime() - start) / 1e6;
  }

  private static void spread(String what, double[] values) {
    Arrays.sort(values);
    System.out.printf(
        "%-60s p50 %.2f  p99 %.2f  worst %.2f%n",
        what,
        values[values.length / 2],
        values[values.length * 99 / 100],
        values[values.length - 1]);
  }

  private static void say(String what, double value) {
    System.out.printf("%-60s %,.1f%n", what, value);
  }
}
