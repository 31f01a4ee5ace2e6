package sightline.drill;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import sightline.bus.BusMessage;
import sightline.bus.DeviceRecord;
import sightline.bus.HotState;
import sightline.drill.mutants.Addresses;
import sightline.drill.mutants.GatewayMain;
import sightline.protocol.Order;
import sightline.protocol.Position;
import sightline.redis.RedisBus;

/**
 * G2 with a gateway to which the bus loses batches: which units a browser shows where they were
 * before. For one thread.
 */
final class HoleTrial {
  private static final String EPOCH = "trial";
  private static final int DEVICES = 200;
  private static final int MOVING = 20;
  private static final int ROUNDS = 200;
  private static final int ONE_OF = 5;
  private static final long ROUND_MILLIS = 10;
  private static final Duration START_WITHIN = Duration.ofMinutes(1);

  /** Once no more is lost; G2's second, and one for a busy machine. */
  private static final Duration WHOLE_WITHIN = Duration.ofSeconds(2);

  private final RedisBus bus;
  private final Map<String, Long> truth = new LinkedHashMap<>();
  private final SplittableRandom random;
  private final Set<Long> lost = new HashSet<>();
  private long number;
  private long millis = System.currentTimeMillis();

  private HoleTrial(RedisBus bus, long seed) {
    this.bus = bus;
    random = new SplittableRandom(seed);
    for (long each = 1; each <= ROUNDS; each++) {
      if (random.nextInt(ONE_OF) == 0) {
        lost.add(each);
      }
    }
  }

  static Finding of(Addresses at, long seed, String word) throws IOException, InterruptedException {
    try (RedisBus writer = new RedisBus(at.bus(), 1)) {
      HoleTrial trial = new HoleTrial(writer, seed);
      trial.begin();
      int port = freePort();
      List<String> own = new ArrayList<>(List.of(String.valueOf(port)));
      trial.lost.forEach(each -> own.add(each.toString()));
      try (RoleProgram _ = new RoleProgram(GatewayMain.class, word, at, own);
          Picture picture = Picture.open(port, START_WITHIN)) {
        return trial.watch(picture);
      }
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }

  private void begin() {
    List<DeviceRecord> all = new ArrayList<>();
    for (int i = 0; i < DEVICES; i++) {
      all.add(moved(i));
    }
    bus.rewrite(new HotState.Snapshot(EPOCH, 1, 0, all, List.of()));
  }

  private Finding watch(Picture picture) throws InterruptedException {
    long deadline = System.nanoTime() + START_WITHIN.toNanos();
    while (!picture.reaches(truth)) {
      if (System.nanoTime() - deadline > 0) {
        throw new DrillStuck("the gateway gave no picture");
      }
      Thread.sleep(ROUND_MILLIS);
    }
    for (int i = 0; i < ROUNDS; i++) {
      round(MOVING);
      Thread.sleep(ROUND_MILLIS);
    }
    deadline = System.nanoTime() + WHOLE_WITHIN.toNanos();
    // Rounds go on, as they do for a fleet: a silent bus is asked whatever was lost.
    while (picture.behind(truth) > 0 && System.nanoTime() - deadline < 0) {
      round(0);
      Thread.sleep(ROUND_MILLIS);
    }
    long behind = picture.behind(truth);
    return new Finding(
        behind,
        "%d of %d batches lost on the way: %d of %d units shown where they were before"
            .formatted(lost.size(), ROUNDS, behind, DEVICES));
  }

  private void round(int moving) {
    Map<String, DeviceRecord> moved = new LinkedHashMap<>();
    for (int i = 0; i < moving; i++) {
      DeviceRecord record = moved(random.nextInt(DEVICES));
      moved.put(record.id(), record);
    }
    bus.round(new BusMessage.Batch(EPOCH, 1, ++number, List.copyOf(moved.values())), List.of());
  }

  private DeviceRecord moved(int device) {
    String id = "unit-" + device;
    long time = ++millis;
    truth.put(id, time);
    Position position = position(id, time, 47 + time % 1_000 * 1e-5);
    return new DeviceRecord(
        id, position, true, null, time, time, 0, null, null, null, "vehicle", null, null);
  }

  /** Somewhere at that time, epoch ms. */
  static Position position(String id, long millis, double lat) {
    return new Position(
        id,
        new Order(millis, 0),
        millis,
        millis,
        false,
        lat,
        9.5,
        Double.NaN,
        Double.NaN,
        Double.NaN,
        Double.NaN);
  }
}
