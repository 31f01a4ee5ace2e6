package sightline.drill;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;

/**
 * Devices that publish what no parser expects, and one that sends a good critical event behind one
 * that is far too large. Owned by the thread that drills.
 */
final class RubbishDevices extends WatchedSite {
  private static final int HONEST = 12;
  private static final int DEVICES = 20;
  private static final long BETWEEN_MILLIS = 2;
  private static final int TOO_LARGE = 24_000;
  private static final double MOST_OF_BEFORE = 1.2;
  private static final Duration ANSWERED = Duration.ofSeconds(20);

  private final RandomGenerator random;
  private final String prefix;
  private final Length length;
  private final long each;

  RubbishDevices(StackProcess stack, Plan plan, RandomGenerator random, Length length)
      throws IOException {
    super(
        stack,
        plan,
        random,
        HONEST,
        "none",
        new MovingUnits("beside-rubbish-" + plan.seed() + "-"));
    this.length = length;
    each = length.pick(400, 100);
    this.random = random;
    prefix = "rubbish-" + plan.seed() + "-";
  }

  @Override
  public void strike() throws IOException, InterruptedException {
    Processes processes =
        new Processes(stack(), List.of("bridge", "gateway", "recorder", "mosquitto"));
    Steady steady = new Steady(browsers(), MOST_OF_BEFORE, length.pick(4_000, 1_000));
    Steady.Windows before = steady.windows();
    double refused = refused();
    Thread flood = Thread.ofPlatform().daemon().name("rubbish").start(this::flood);
    Steady.Windows during = steady.windows();
    flood.join();
    if (length.judgesTimes()) {
      steady.judge("beside rubbish", before, during, notes);
    }
    notes.line("the bridge refused %.0f of it".formatted(refused() - refused));
    notes.require(
        refused() - refused >= DEVICES * each / 4.0, "the rubbish did not reach the bridge");
    behindTooLarge();
    processes.requireSame(notes);
    notes.line("bridges grew by %d MiB".formatted(processes.grown("bridge")));
  }

  private double refused() throws IOException, InterruptedException {
    return stack().metric("bridge", "sightline_bridge_rejected_total{");
  }

  /** The broker may end such a connection; the device comes back, as devices do. */
  private void flood() {
    int sent = 0;
    int ended = 0;
    List<RawDevice> devices = new ArrayList<>();
    URI broker;
    try {
      broker = start().mqtt();
      for (int i = 0; i < DEVICES; i++) {
        devices.add(new RawDevice(broker, prefix + i, (topic, payload) -> {}));
      }
      for (int round = 0; round < each; round++) {
        for (int i = 0; i < DEVICES; i++) {
          try {
            String topic = "devices/" + prefix + i + "/" + Rubbish.topic(random);
            devices.get(i).publish(topic, Rubbish.payload(random), random.nextInt(2), false);
            sent++;
          } catch (IOException e) {
            ended++;
            devices.set(i, new RawDevice(broker, prefix + i, (topic, payload) -> {}));
          }
        }
        Thread.sleep(BETWEEN_MILLIS);
      }
      for (RawDevice device : devices) {
        device.close();
      }
    } catch (IOException e) {
      notes.failure("the broker took no more connections: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    notes.line(
        "%d messages of rubbish from %d devices; %d connections were ended for it"
            .formatted(sent, DEVICES, ended));
  }

  private void behindTooLarge() throws IOException, InterruptedException {
    String id = prefix + "large";
    Set<String> answers = ConcurrentHashMap.newKeySet();
    try (RawDevice device =
        new RawDevice(
            start().mqtt(),
            id,
            (topic, payload) -> answers.add(new String(payload, StandardCharsets.UTF_8)))) {
      device.subscribe("devices/" + id + "/acks");
      String events = "devices/" + id + "/events";
      device.publish(events, event("large-1", "x".repeat(TOO_LARGE)), 1, false);
      device.publish(events, event("after-1", "Panic button"), 1, false);
      boolean answered =
          Crowd.reached(
              ANSWERED,
              () ->
                  answers.contains("{\"event\":\"after-1\"}")
                      && answers.stream()
                          .anyMatch(
                              each -> each.contains("large-1") && each.contains("too-large")));
      notes.line("an event of %d characters and one behind it: %s".formatted(TOO_LARGE, answers));
      notes.require(answered, "an event behind one that was too large was not answered");
    }
  }

  private static byte[] event(String id, String message) {
    return "{\"id\":\"%s\",\"timestamp\":%d,\"type\":\"alert\",\"severity\":\"critical\",\"message\":\"%s\"}"
        .formatted(id, System.currentTimeMillis(), message)
        .getBytes(StandardCharsets.UTF_8);
  }
}
