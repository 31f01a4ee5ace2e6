package sightline.app;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import sightline.device.Device;
import sightline.device.Location;
import sightline.device.Spool;
import sightline.device.SpoolLimits;
import sightline.simulator.ReturningFleet;
import sightline.simulator.StockReturn;
import sightline.time.RoleClock;

/**
 * `sightline simulate N --returning POSITIONS`: units that were away come back with so many
 * positions each, by the SDK or as stock devices; says how fast they are recorded, what is missed,
 * and how old the picture of another unit is meanwhile. Owned by the command's thread.
 */
final class ReturningRun {
  private static final String LIVE = "returning-live";
  private static final Pattern TIMESTAMP = Pattern.compile("\"timestamp\":([0-9]+)");
  private static final Pattern MISSED =
      Pattern.compile("\"refused\":\\{\"count\":([0-9]+),[^}]*\"reason\":\"overload\"");
  private static final Duration LOOK = Duration.ofMillis(200);

  private static final Duration ANSWER = Duration.ofSeconds(10);

  private static final int LOOKS_A_LINE = 10;

  private final URI broker;
  private final URI api;
  private final int units;
  private final int positions;
  private final RoleClock clock = RoleClock.system();
  private final HttpClient http = HttpClient.newHttpClient();
  private final List<Long> ages = new ArrayList<>();

  ReturningRun(URI broker, URI api, int units, int positions) {
    this.broker = broker;
    this.api = api;
    this.units = units;
    this.positions = positions;
  }

  /** By the SDK; gives the command's exit code: 0 where none is missed. */
  int withSdk(Signals signals) throws IOException, InterruptedException {
    // Before millions of positions are kept for nothing.
    String _ = get("/api/v1/health");
    Path folder = Files.createTempDirectory("sightline-returning");
    boolean drained = false;
    try (ReturningFleet fleet = new ReturningFleet(broker, units, positions, folder)) {
      System.out.printf("%d units keep %d positions each in %s.%n", units, positions, folder);
      fleet.keepAway();
      long start = clock.nanos();
      try (Device live = live()) {
        fleet.comeBack();
        for (int looks = 1; !fleet.drained() && !signals.await(LOOK); looks++) {
          look(live);
          line(looks, "recorded", fleet.recorded(), start);
        }
      }
      double seconds = seconds(start);
      System.out.printf(
          "%d positions, %d answered as recorded, %d not, in %.1f s (%.0f a second).%n",
          fleet.kept(),
          fleet.recorded(),
          fleet.kept() - fleet.recorded(),
          seconds,
          fleet.recorded() / seconds);
      age();
      if (!fleet.drained()) {
        System.out.printf("Stopped early: the rest of the positions is in %s.%n", folder);
        return 1;
      }
      fleet.missed().forEach((unit, count) -> System.out.println(unit + " misses " + count));
      drained = fleet.missed().isEmpty();
    } finally {
      if (drained) {
        remove(folder);
      }
    }
    return drained ? 0 : 1;
  }

  /** As stock devices, whose arrays nobody answers: of those, the metrics say what was shed. */
  int asStock(Signals signals) throws IOException, InterruptedException {
    StockReturn fleet = new StockReturn(broker, units, positions, StockReturn.RATE);
    double recorded = recorded();
    double lost = lost();
    long start = clock.nanos();
    long most = (long) units * positions;
    try (Device live = live()) {
      Thread sending = fleet.start();
      double left = most;
      long since = start;
      for (int looks = 1; (sending.isAlive() || left > 0) && !signals.await(LOOK); looks++) {
        look(live);
        line(looks, "sent", fleet.sent(), start);
        double now = most - (recorded() - recorded) - (lost() - lost);
        since = now < left || sending.isAlive() ? clock.nanos() : since;
        left = now;
        if (clock.nanos() - since > StockReturn.SETTLED.toNanos()) {
          System.out.printf(
              "Of %.0f positions nothing is heard: neither recorded nor counted as lost for %d s.%n",
              left, StockReturn.SETTLED.toSeconds());
          break;
        }
      }
    }
    double seconds = seconds(start);
    System.out.printf(
        "%d positions sent, %.0f recorded, %.0f shed or missed, in %.1f s (%.0f a second).%n",
        fleet.sent(),
        recorded() - recorded,
        lost() - lost,
        seconds,
        (recorded() - recorded) / seconds);
    for (int unit = 1; unit <= units; unit++) {
      Matcher missed = MISSED.matcher(get("/api/v1/devices/" + StockReturn.id(unit)));
      if (missed.find()) {
        System.out.println(StockReturn.id(unit) + " misses " + missed.group(1));
      }
    }
    age();
    return 0;
  }

  /** Nothing in it is of use to anybody any more. */
  private static void remove(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path each : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }

  private Device live() throws IOException {
    Device live =
        Device.builder(LIVE)
            .broker(broker)
            .spool(Spool.inMemory(new SpoolLimits(100, 1 << 20)))
            .build();
    live.start();
    return live;
  }

  /** Moves the other unit, and reads how old what is shown of it is. */
  private void look(Device live) throws IOException, InterruptedException {
    live.report(Location.at(47.1, 9.5));
    Matcher shown = TIMESTAMP.matcher(get("/api/v1/devices/" + LIVE));
    if (shown.find()) {
      ages.add(Math.max(0, clock.millis() - Long.parseLong(shown.group(1))));
    }
  }

  private void line(int looks, String what, long count, long start) {
    if (looks % LOOKS_A_LINE == 0) {
      System.out.printf("%.0f s: %d %s%n", seconds(start), count, what);
    }
  }

  private void age() {
    List<Long> sorted = ages.stream().sorted().toList();
    if (!sorted.isEmpty()) {
      System.out.printf(
          "What is shown of another unit, moved each %d ms, was %d ms old in the median, p99 %d ms.%n",
          LOOK.toMillis(), sorted.get(sorted.size() / 2), sorted.get(sorted.size() * 99 / 100));
    }
  }

  private double recorded() throws IOException, InterruptedException {
    String ledger = "sightline_ledger_total{flow=\"positions\",hop=\"recorder-";
    return metric(ledger + "out\"}") + metric(ledger + "known\"}");
  }

  private double lost() throws IOException, InterruptedException {
    return metric("sightline_bridge_positions_dropped_total")
        + metric("sightline_recorder_missed_total");
  }

  private double metric(String name) throws IOException, InterruptedException {
    return get("/metrics")
        .lines()
        .filter(line -> line.startsWith(name + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
        .findFirst()
        .orElse(0);
  }

  private String get(String path) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(api.resolve(path)).timeout(ANSWER).build();
    try {
      return http.send(request, BodyHandlers.ofString()).body();
    } catch (IOException e) {
      throw new StartRefused(
          "No gateway answers at " + api + "; start Sightline there, or name one with --api.");
    }
  }

  private double seconds(long start) {
    return (clock.nanos() - start) / 1e9;
  }
}
