package sightline.redis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import sightline.bus.BusMessage;
import sightline.bus.BusSamples;
import sightline.bus.DeviceRecord;
import sightline.bus.HotState.Snapshot;
import sightline.protocol.Position;

/**
 * Prints the figures of docs/decisions/0006-redis-bus.md: from the bridge's publish to each
 * gateway's ingest over a real Redis. A command, not a test; arguments: seconds, devices, positions
 * a second of each, gateways.
 */
final class RedisHopMeasurement {
  private static final Duration WARM = Duration.ofSeconds(5);
  private static final Duration LAST = Duration.ofSeconds(2);

  private final int devices;
  private final long intervalNanos;
  private final Histogram hop = new Histogram(TimeUnit.MINUTES.toNanos(1), 3);
  private final Histogram rounds = new Histogram(TimeUnit.MINUTES.toNanos(1), 3);
  private final Histogram sizes = new Histogram(1_000_000, 3);
  private final ConcurrentHashMap<Long, Long> published = new ConcurrentHashMap<>();

  private RedisHopMeasurement(int devices, int rate) {
    this.devices = devices;
    intervalNanos = TimeUnit.SECONDS.toNanos(1) / ((long) devices * rate);
  }

  /** See above. */
  public static void main(String[] arguments) throws InterruptedException {
    int seconds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 20;
    int devices = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 600;
    int rate = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 2;
    int gateways = arguments.length > 3 ? Integer.parseInt(arguments[3]) : 2;
    try (RedisServer server = RedisServer.start()) {
      new RedisHopMeasurement(devices, rate).run(server, seconds, gateways);
    }
  }

  private void run(RedisServer server, int seconds, int gateways) throws InterruptedException {
    List<RedisBus> subscribers = new ArrayList<>();
    try (RedisBus bridge = new RedisBus(server.settings(Duration.ofSeconds(10)), 1_100_000)) {
      bridge.rewrite(new Snapshot("e", 1, 0, List.of(), List.of()));
      for (int i = 0; i < gateways; i++) {
        RedisBus gateway = new RedisBus(server.settings(Duration.ofSeconds(10)), 1_100_000);
        subscribers.add(gateway);
        gateway.subscribe(this::ingest);
      }
      long sent = publish(bridge, WARM, 0);
      settle();
      hop.reset();
      rounds.reset();
      sizes.reset();
      sent = publish(bridge, Duration.ofSeconds(seconds), sent);
      settle();
      print(seconds, gateways);
      System.out.printf("batches in all %d, stream holds %d positions%n", sent, bridge.size());
    } finally {
      subscribers.forEach(RedisBus::close);
    }
  }

  /** As the bridge does: all that has come while the last round was under way is one batch. */
  private long publish(RedisBus bridge, Duration time, long before) {
    long start = System.nanoTime();
    long end = start + time.toNanos();
    long taken = 0;
    long number = before;
    while (System.nanoTime() < end) {
      long due = (System.nanoTime() - start) / intervalNanos;
      if (due == taken) {
        LockSupport.parkNanos(start + (taken + 1) * intervalNanos - System.nanoTime());
        continue;
      }
      List<DeviceRecord> records = new ArrayList<>();
      List<Position> positions = new ArrayList<>();
      for (; taken < due; taken++) {
        DeviceRecord record = BusSamples.device("dev-" + taken % devices, taken);
        records.add(record);
        positions.add(BusSamples.position(record.id(), taken));
      }
      long begun = System.nanoTime();
      published.put(++number, begun);
      bridge.round(new BusMessage.Batch("e", 1, number, records), positions);
      rounds.recordValue(System.nanoTime() - begun);
      sizes.recordValue(records.size());
    }
    return number;
  }

  private void ingest(BusMessage message) {
    if (message instanceof BusMessage.Batch batch) {
      long now = System.nanoTime();
      Long begun = published.get(batch.number());
      if (begun != null) {
        synchronized (hop) {
          for (int i = 0; i < batch.devices().size(); i++) {
            hop.recordValue(now - begun);
          }
        }
      }
    }
  }

  private static void settle() throws InterruptedException {
    Thread.sleep(LAST);
  }

  private void print(int seconds, int gateways) {
    synchronized (hop) {
      System.out.printf(
          "%d devices, %d s, %d gateways: %d positions ingested%n",
          devices, seconds, gateways, hop.getTotalCount());
      row("publish to ingest, ms", hop, 1e6);
    }
    row("a round's answer, ms", rounds, 1e6);
    row("devices in a round", sizes, 1);
  }

  private static void row(String what, Histogram h, double unit) {
    System.out.printf(
        "%-22s p50 %.3f  p99 %.3f  p99.9 %.3f  max %.3f  mean %.3f%n",
        what,
        h.getValueAtPercentile(50) / unit,
        h.getValueAtPercentile(99) / unit,
        h.getValueAtPercentile(99.9) / unit,
        h.getMaxValue() / unit,
        h.getMean() / unit);
  }
}
