package sightline.postgres;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import sightline.history.EventLog;
import sightline.history.HistorySettings;
import sightline.history.PositionStore;
import sightline.history.Samples;
import sightline.protocol.Order;
import sightline.protocol.Position;

/**
 * Prints the figures of docs/decisions/0007-postgresql-history.md, measured on a PostgreSQL of its
 * own with the settings of deploy/postgresql.conf. A command, not a test.
 */
final class PostgresMeasurement {
  private static final int DEVICES = 600;
  private static final int BATCH = 24_000;
  private static final long START = Samples.MIDNIGHT;
  private static final InstantSource NOON =
      InstantSource.fixed(Instant.ofEpochMilli(START + Duration.ofHours(12).toMillis()));

  /** A day in 3,000 points. */
  private static final long PAGE_MILLIS = 28_800;

  private static final Random RANDOM = new Random(1);

  private PostgresMeasurement() {}

  /** Arguments: how many seconds of loading at least, and how many rows. */
  public static void main(String[] arguments) {
    long seconds = Long.parseLong(arguments[0]);
    long least = arguments.length > 1 ? Long.parseLong(arguments[1]) : 0;
    try (PostgresServer server =
            PostgresServer.start(
                "shared_buffers=512MB",
                "max_wal_size=4GB",
                "wal_compression=on",
                "random_page_cost=1.1");
        EventLog log = PostgresEventLog.open(server.settings("postgres"), HistorySettings.DEFAULT);
        PositionStore store =
            PostgresPositionStore.open(
                server.settings("postgres"), HistorySettings.DEFAULT, NOON)) {
      for (int group : new int[] {1, 10, 100}) {
        appends(log, "warm" + group, group, 30);
        appends(log, "g" + group, group, 200);
      }
      int batches = fill(store, seconds, least);
      long bytes =
          server.number(
              server.settings("postgres"),
              "SELECT sum(pg_total_relation_size(inhrelid)) FROM pg_inherits"
                  + " WHERE inhparent = 'positions'::regclass");
      System.out.printf(
          "%-60s %.0f%n", "bytes a row, with its index", bytes / ((double) batches * BATCH));
      tracks("quiet", store, batches, 200);
      CompletableFuture<Integer> writing =
          CompletableFuture.supplyAsync(() -> more(store, batches, 10));
      tracks("while batches are written", store, batches, 200);
      writing.join();
    }
  }

  private static void appends(EventLog log, String prefix, int group, int count) {
    double[] took = new double[count];
    for (int i = 0; i < count; i++) {
      long one = System.nanoTime();
      log.append(1, Samples.events("dev-" + i % DEVICES, prefix + "-" + i, group));
      took[i] = millisSince(one);
    }
    spread(prefix + ": append of " + group + ", ms", took);
  }

  private static int fill(PositionStore store, long seconds, long least) {
    long start = System.nanoTime();
    List<Double> took = new ArrayList<>();
    while (System.nanoTime() - start < TimeUnit.SECONDS.toNanos(seconds)
        || (long) took.size() * BATCH < least) {
      List<Position> batch = batch(took.size());
      long one = System.nanoTime();
      store.store(batch, "cursor-" + took.size());
      took.add(millisSince(one));
    }
    double[] all = took.stream().mapToDouble(Double::doubleValue).toArray();
    System.out.printf("%-60s %,d%n", "rows", (long) all.length * BATCH);
    System.out.printf(
        "%-60s %,.0f%n",
        "rows/s sustained", BATCH * 1000.0 / Arrays.stream(all).average().orElse(1));
    spread("batch of 24,000 positions, ms", all);
    return all.length;
  }

  private static int more(PositionStore store, int from, int count) {
    double[] took = new double[count];
    for (int i = 0; i < count; i++) {
      List<Position> batch = batch(from + i);
      long one = System.nanoTime();
      store.store(batch, "more-" + i);
      took[i] = millisSince(one);
    }
    spread("batch of 24,000 positions while tracks are read, ms", took);
    return count;
  }

  private static void tracks(String when, PositionStore store, int batches, int count) {
    long day = START + Duration.ofDays(1).toMillis();
    double[] whole = new double[count];
    double[] thinned = new double[count];
    double[] shown = new double[count];
    long rows = 0;
    for (int i = 0; i < count; i++) {
      String device = id(RANDOM.nextInt(DEVICES));
      long one = System.nanoTime();
      rows += store.track(device, START, day, 0, 200_000).size();
      whole[i] = millisSince(one);
      one = System.nanoTime();
      store.track(device, START, day, 10_000, 200_000);
      thinned[i] = millisSince(one);
      one = System.nanoTime();
      store.track(device, START, day, PAGE_MILLIS, 200_000);
      shown[i] = millisSince(one);
    }
    System.out.printf(
        "%-60s %,d of %,d%n",
        when + ": rows of a day's track", rows / count, (long) batches * BATCH);
    spread(when + ": a day's track, ms", whole);
    spread(when + ": the same, every 10 s, ms", thinned);
    spread(when + ": the same, as the page asks for it, ms", shown);
  }

  private static List<Position> batch(int number) {
    List<Position> batch = new ArrayList<>(BATCH);
    for (int i = 0; i < BATCH; i++) {
      long n = (long) number * (BATCH / DEVICES) + i / DEVICES;
      // A day holds 172,800 of them; more go between those that are there.
      long millis = START + n * 500 % Duration.ofDays(1).toMillis();
      batch.add(
          new Position(
              id(i % DEVICES),
              new Order(millis, n),
              millis + 30,
              millis,
              false,
              47.05 + n * 1e-6,
              9.48 + n * 1e-6,
              RANDOM.nextInt(3600) / 10.0,
              RANDOM.nextInt(300) / 10.0,
              5,
              460));
    }
    return batch;
  }

  private static String id(int device) {
    return "unit-%04d".formatted(device);
  }

  private static double millisSince(long start) {
    return (System.nanoTime() - start) / 1e6;
  }

  private static void spread(String what, double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    System.out.printf(
        "%-60s p50 %.2f  p99 %.2f  worst %.2f%n",
        what,
        sorted[sorted.length / 2],
        sorted[sorted.length * 99 / 100],
        sorted[sorted.length - 1]);
  }
}
