package sightline.drill;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.random.RandomGenerator;

/**
 * Retained messages that no parser expects, met by each bridge that starts: the live link must stay
 * up and positions must go on. Owned by the thread that drills.
 */
final class PoisonMessage extends WatchedSite {
  private static final int HONEST = 6;
  private static final Duration BACK = Duration.ofSeconds(30);
  private static final Duration FRESH = Duration.ofSeconds(20);
  private static final long POLL_MILLIS = 20;
  private static final int OLDEST_MILLIS = 2_000;

  private static final Map<String, String> POISON =
      Map.of(
          "fleet/z/location", "[]",
          "fleet/zz/location", "[[]]",
          "fleet/_x/location", "{\"timestamp\":\"\"}",
          "fleet/a.b/location", "null",
          "devices/poison/status", "[]",
          "devices/poison/location", "[[],{}]",
          "devices/poison/events", "\"\"",
          "fleet/empty/location", "{\"lat\":1}");

  private final Length length;

  PoisonMessage(StackProcess stack, Plan plan, RandomGenerator random, Length length)
      throws IOException {
    super(
        stack, plan, random, HONEST, "none", new MovingUnits("beside-poison-" + plan.seed() + "-"));
    this.length = length;
  }

  @Override
  public void strike() throws IOException, InterruptedException {
    allowTheFleet();
    retain(true);
    try {
      StackParts.Part bridge = one("bridge");
      Signal.KILL.to(bridge.pid());
      long from = System.nanoTime();
      awaitAnother(bridge);
      browsers().forEach(browser -> browser.shown().takeAges());
      notes.require(
          Crowd.reached(BACK, this::positionsCome), "no position came after the bridge's start");
      notes.line(
          "%d retained messages of rubbish, the bridge killed: positions again after %s"
              .formatted(POISON.size(), Freshness.seconds(System.nanoTime() - from)));
      watch();
    } finally {
      retain(false);
    }
  }

  /** The shipped rules keep devices from writing there; a broker without them does not. */
  private void allowTheFleet() throws IOException, InterruptedException {
    Path rules = stack().folder().resolve("servers/mosquitto/mosquitto-plain.acl");
    Files.writeString(rules, "topic readwrite fleet/#\n", StandardOpenOption.APPEND);
    Signal.HUP.to(stack().parts().named("mosquitto").pid());
  }

  /** Both bridges run, one of them is active, and the killed one is a new process. */
  private void awaitAnother(StackParts.Part killed) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + BACK.toNanos();
    long pid = killed.pid();
    while (pid == killed.pid() || pid == 0) {
      if (System.nanoTime() - deadline > 0) {
        throw new DrillStuck(killed.name() + " was not started again");
      }
      Thread.sleep(POLL_MILLIS);
      pid = stack().parts().named(killed.name()).pid();
    }
    awaitBack();
    StackParts.Part _ = one("bridge");
  }

  private boolean positionsCome() {
    return browsers().stream().allMatch(browser -> browser.shown().takeAges().count() > 0);
  }

  private void watch() throws IOException, InterruptedException {
    List<RawBrowser> browsers = browsers();
    Crowd.reached(
        FRESH, () -> browsers.stream().allMatch(each -> each.stale(System.nanoTime()) == null));
    browsers.forEach(browser -> browser.shown().takeAges());
    Processes processes = new Processes(stack(), List.of("bridge"));
    long watchedMillis = length.pick(10_000, 2_000);
    Thread.sleep(watchedMillis);
    Ages ages = new Ages();
    browsers.forEach(browser -> ages.add(browser.shown().takeAges()));
    processes.requireSame(notes);
    if (length.judgesTimes()) {
      processes.judge(watchedMillis / 60_000.0, 60, 1, notes);
    }
    notes.line(
        "age on arrival after that: p50 %d ms, p99 %d ms of %d"
            .formatted(ages.percentile(0.5), ages.percentile(0.99), ages.count()));
    notes.require(ages.count() > 0, "no position came after the bridge's start");
    notes.require(
        !length.judgesTimes() || ages.percentile(0.99) <= OLDEST_MILLIS,
        "positions were over 2 s old, p99");
  }

  /** Publishes them, or clears them by empty ones. */
  private void retain(boolean poison) throws IOException, InterruptedException {
    try (RawDevice device = new RawDevice(start().mqtt(), "poison", (topic, payload) -> {})) {
      for (Map.Entry<String, String> each : POISON.entrySet()) {
        byte[] payload = poison ? each.getValue().getBytes(StandardCharsets.UTF_8) : new byte[0];
        device.publish(each.getKey(), payload, 1, true);
      }
      if (!Crowd.reached(BACK, () -> device.acknowledged() == POISON.size())) {
        notes.failure("the broker did not take the retained messages");
      }
    }
    if (poison) {
      requireRetained();
    }
  }

  /** A broker acknowledges what its rules refuse too. */
  private void requireRetained() throws IOException, InterruptedException {
    Set<String> kept = ConcurrentHashMap.newKeySet();
    BiConsumer<String, byte[]> received =
        (topic, payload) -> {
          if (new String(payload, StandardCharsets.UTF_8).equals(POISON.get(topic))) {
            kept.add(topic);
          }
        };
    try (RawDevice reader = new RawDevice(start().mqtt(), "poison", received)) {
      reader.subscribe("fleet/+/location");
      long fleet = POISON.keySet().stream().filter(topic -> topic.startsWith("fleet/")).count();
      notes.require(
          Crowd.reached(BACK, () -> kept.size() == fleet), "the broker kept only " + kept);
    }
  }

  @Override
  public void awaitBack() throws IOException, InterruptedException {
    awaitRoles();
  }
}
