package sightline.drill;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * The wall clock of one role or of all parts stepped, and set right again: the picture must follow
 * within seconds, and no history may go. It needs a stack whose clocks can be stepped. Owned by the
 * thread that drills.
 */
final class ClockStep extends WatchedSite {
  private static final int WATCHERS = 6;
  private static final long STEPPED_MILLIS = 12_000;
  private static final long RETENTION_MILLIS = 20_000;
  private static final Duration FOLLOWS = Duration.ofSeconds(10);
  private static final Duration WRITTEN = Duration.ofSeconds(90);
  private static final int OLDEST_MILLIS = 2_000;
  private static final double NOTICED_SECONDS = 5;
  private static final int DAYS = 5;
  private static final int EACH_DAY = 50;
  private static final List<String> ALL =
      List.of("gateway", "bridge", "recorder", "probe", "mosquitto", "postgres");

  private final StackProcess stack;
  private final String old;

  ClockStep(StackProcess stack, Plan plan, RandomGenerator random) throws IOException {
    super(stack, plan, random, WATCHERS, "none", new MovingUnits("clock-" + plan.seed() + "-"));
    this.stack = stack;
    old = "old-" + plan.seed();
  }

  @Override
  public void begin(Scene scene) throws IOException, InterruptedException {
    super.begin(scene);
    publishOldDays();
  }

  /** Some positions of each of a few days ago, which a clock that is a month ahead would remove. */
  private void publishOldDays() throws IOException, InterruptedException {
    try (RawDevice device = new RawDevice(start().mqtt(), old, (topic, payload) -> {})) {
      long now = System.currentTimeMillis();
      for (int day = 1; day <= DAYS; day++) {
        StringBuilder array = new StringBuilder("[");
        for (int i = 0; i < EACH_DAY; i++) {
          array
              .append(i == 0 ? "" : ",")
              .append("{\"timestamp\":")
              .append(now - TimeUnit.DAYS.toMillis(day) + i * 1_000L)
              .append(",\"lat\":47.1,\"lon\":9.5}");
        }
        byte[] payload = array.append(']').toString().getBytes(StandardCharsets.US_ASCII);
        device.publish("devices/" + old + "/location", payload, 1, false);
      }
      if (!Crowd.reached(WRITTEN, () -> oldPositions() == (long) DAYS * EACH_DAY)) {
        throw new DrillStuck("positions of the days before are not in history: " + oldPositions());
      }
    }
  }

  private long oldPositions() {
    return count("SELECT count(*) FROM positions WHERE device = '" + old + "'");
  }

  private long count(String query) {
    try (Connection connection = database();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      return row.next() ? row.getLong(1) : -1;
    } catch (IOException | SQLException e) {
      return -1;
    }
  }

  @Override
  public void strike() throws IOException, InterruptedException {
    long hour = TimeUnit.HOURS.toSeconds(1);
    long day = TimeUnit.DAYS.toSeconds(1);
    step(List.of("gateway"), hour, STEPPED_MILLIS);
    step(List.of("bridge"), hour, STEPPED_MILLIS);
    step(ALL, hour, STEPPED_MILLIS);
    step(ALL, -hour, STEPPED_MILLIS);
    step(List.of("recorder"), 31 * day, RETENTION_MILLIS);
    step(List.of("recorder"), 401 * day, RETENTION_MILLIS);
    restartUnder(401 * day);
  }

  private void step(List<String> kinds, long seconds, long lastsMillis)
      throws IOException, InterruptedException {
    long before = oldPositions();
    long events = count("SELECT count(*) FROM log");
    set(kinds, seconds);
    requireStepped(kinds, seconds);
    Thread.sleep(lastsMillis);
    set(kinds, 0);
    judge((kinds.size() == 1 ? kinds.getFirst() : "all") + " stepped", seconds, before, events);
  }

  /** Without that, all the rest would pass by itself. */
  private void requireStepped(List<String> kinds, long seconds)
      throws IOException, InterruptedException {
    for (String kind : kinds) {
      for (StackParts.Part part : stack.parts().of(kind)) {
        if (!part.admin().isEmpty()) {
          notes.require(
              Crowd.reached(FOLLOWS, () -> isStepped(part, seconds)),
              part.name() + " does not notice that its clock was stepped");
        }
      }
    }
  }

  private boolean isStepped(StackParts.Part part, long seconds) {
    try {
      double by = stack.metric(part, "sightline_clock_stepped");
      return Math.abs(by - seconds) < NOTICED_SECONDS;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** What starts under a wrong clock does all that it does at a start. */
  private void restartUnder(long seconds) throws IOException, InterruptedException {
    long before = oldPositions();
    long events = count("SELECT count(*) FROM log");
    set(ALL, seconds);
    for (StackParts.Part part : stack.parts().of("recorder")) {
      Signal.KILL.to(part.pid());
    }
    Thread.sleep(RETENTION_MILLIS);
    set(ALL, 0);
    judge("all stepped and the recorder killed", seconds, before, events);
  }

  private void judge(String what, long seconds, long before, long events)
      throws InterruptedException {
    long from = System.nanoTime();
    boolean follows = Crowd.reached(FOLLOWS, this::follows);
    long after = oldPositions();
    long eventsAfter = count("SELECT count(*) FROM log");
    notes.line(
        "%s by %+d h: the picture follows %s after it was right; positions of days before %d, then %d"
            .formatted(
                what,
                TimeUnit.SECONDS.toHours(seconds),
                Freshness.seconds(System.nanoTime() - from),
                before,
                after));
    notes.require(follows, what + ": markers do not follow within " + FOLLOWS.toSeconds() + " s");
    notes.require(before - after <= EACH_DAY, what + ": more than a day's positions were removed");
    notes.require(eventsAfter >= events, what + ": events were removed");
  }

  private boolean follows() {
    long now = System.currentTimeMillis();
    return browsers().stream()
        .allMatch(
            browser ->
                browser.stale(System.nanoTime()) == null
                    && browser.shown().within(moving().prefix(), now - OLDEST_MILLIS, now + 1_000)
                        == moving().size());
  }

  /** Writes the file that the parts of these kinds read their clock's offset from. */
  private void set(List<String> kinds, long seconds) throws IOException {
    for (String kind : kinds) {
      for (StackParts.Part part : stack.parts().of(kind)) {
        Path file = stack.folder().resolve("clock").resolve(part.name());
        Path next = file.resolveSibling(part.name() + ".next");
        Files.writeString(next, "%+d%n".formatted(seconds));
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  @Override
  public void release() throws IOException {
    set(ALL, 0);
  }

  @Override
  public void awaitBack() throws IOException, InterruptedException {
    awaitRoles();
  }
}
