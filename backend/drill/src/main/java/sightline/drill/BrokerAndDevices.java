package sightline.drill;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The broker and fifty devices killed together, so that nobody publishes a last will: when all
 * fifty are shown as offline, and whether anybody else is. Owned by the thread that drills.
 */
final class BrokerAndDevices extends StackSite {
  private static final int DOOMED = 50;
  private static final String PREFIX = "doomed-";

  /**
   * The drill's own send all the time. Simulated units drive through tunnels, and prove nothing.
   */
  private static final String GO_ON = Fault.BROKER_AND_50.word() + "-";

  private static final Duration ONLINE_WITHIN = Duration.ofSeconds(60);
  private static final Duration OFFLINE_WITHIN = Duration.ofSeconds(30);
  private static final Duration LOOK_FOR = Duration.ofSeconds(75);

  /** Until its supervisor has started it, and the bridge has seen so. */
  private static final Duration BROKER_BACK = Duration.ofSeconds(2);

  private static final Duration LOOK_EVERY = Duration.ofMillis(200);

  private static final ObjectMapper JSON = new ObjectMapper();

  private final URI http;
  private @Nullable Process doomed;
  private long struckNanos;

  BrokerAndDevices(StackProcess stack, RandomGenerator random) throws IOException {
    super(stack, Fault.BROKER_AND_50, random);
    http = start().http();
  }

  @Override
  public void begin(Scene scene) throws IOException, InterruptedException {
    Path log = stack().folder().resolve("log/doomed.log");
    doomed =
        new ProcessBuilder(
                Program.devices(List.of(start().mqtt().toString(), PREFIX, String.valueOf(DOOMED))))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    long deadline = System.nanoTime() + ONLINE_WITHIN.toNanos();
    while (online() < DOOMED) {
      if (System.nanoTime() - deadline > 0) {
        throw new DrillStuck("the fifty devices are not all online; see " + log);
      }
      Thread.sleep(LOOK_EVERY);
    }
  }

  @Override
  public void strike() throws IOException, InterruptedException {
    if (doomed != null) {
      doomed.destroyForcibly();
    }
    super.strike();
    struckNanos = System.nanoTime();
  }

  private int online() throws IOException, InterruptedException {
    List<JsonNode> all = devices();
    return (int) all.stream().filter(each -> isDoomed(each) && !isOffline(each)).count();
  }

  private static boolean isDoomed(JsonNode device) {
    return id(device).startsWith(PREFIX);
  }

  private static String id(JsonNode device) {
    return device.path("id").asText();
  }

  private static boolean isOffline(JsonNode device) {
    return device.path("state").asText().equals("offline");
  }

  private List<JsonNode> devices() throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(http.resolve("/api/v1/devices?limit=10000"))
            .timeout(Duration.ofSeconds(10))
            .build();
    var answer = client().send(request, BodyHandlers.ofByteArray());
    if (answer.statusCode() != 200) {
      throw new IOException("the devices' list was answered " + answer.statusCode());
    }
    List<JsonNode> devices = new ArrayList<>();
    JSON.readTree(answer.body()).path("items").forEach(devices::add);
    return devices;
  }

  /** Looks on until all fifty are offline; the others were back long before. */
  @Override
  public Observed observed() throws IOException, InterruptedException {
    long deadline = struckNanos + LOOK_FOR.toNanos();
    int online = online();
    while (online > 0 && System.nanoTime() - deadline < 0) {
      Thread.sleep(LOOK_EVERY);
      online = online();
    }
    long after = System.nanoTime() - struckNanos;
    List<JsonNode> offline = devices().stream().filter(BrokerAndDevices::isOffline).toList();
    long others = offline.stream().filter(each -> id(each).startsWith(GO_ON)).count();
    long simulated = offline.stream().filter(each -> !isDoomed(each)).count() - others;
    List<String> failures = new ArrayList<>();
    if (online > 0 || after > OFFLINE_WITHIN.plus(BROKER_BACK).toNanos()) {
      failures.add("the fifty were not all offline within 30 s of the broker's return");
    }
    if (others > 0) {
      failures.add(others + " devices that go on are shown as offline");
    }
    return new Observed(
        List.of(
            "of the %d devices killed with the broker %d were offline %s after; of the drill's own %d"
                .formatted(DOOMED, DOOMED - online, Freshness.seconds(after), others),
            "%d simulated units, or of faults before, are offline: in tunnels, or gone for good"
                .formatted(simulated)),
        failures);
  }

  @Override
  public void close() throws IOException {
    if (doomed != null) {
      doomed.destroyForcibly();
    }
    super.close();
  }
}
