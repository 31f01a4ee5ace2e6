package sightline.gateway;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import sightline.protocol.JsonOut;
import sightline.protocol.ProbeRound;
import sightline.protocol.ServerMessage;
import sightline.time.RoleClock;

/** {@code /api/v1/health}: how every part is, for a page on a wall. Any virtual thread. */
final class HealthApi {
  private static final int PLACES = 3;

  /** A part that is behind by more is not late but down. */
  private static final long DOWN_MILLIS = Duration.ofSeconds(10).toMillis();

  private static final long OTHER_MILLIS = Duration.ofSeconds(5).toMillis();

  /** Measurements that a probe may miss, and the least time, before it counts as dead. */
  private static final int MISSED = 3;

  private static final long DEAD_MILLIS = Duration.ofSeconds(30).toMillis();

  private final HealthWatch health;
  private final Figures figures;
  private final Beside beside;
  private final Supplier<List<String>> notReady;
  private final GatewaySettings settings;
  private final RoleClock clock;

  HealthApi(
      HealthWatch health,
      Figures figures,
      Beside beside,
      Supplier<List<String>> notReady,
      GatewaySettings settings,
      RoleClock clock) {
    this.health = health;
    this.figures = figures;
    this.beside = beside;
    this.notReady = notReady;
    this.settings = settings;
    this.clock = clock;
  }

  List<Route> routes() {
    return List.of(new Route("GET", "/api/v1/health", (request, path) -> answer()));
  }

  private Answer answer() throws InterruptedException {
    HealthWatch.Ages ages = health.ages(clock.nanos());
    ServerMessage.Health verdict = health.now();
    List<String> reasons = notReady.get();
    Map<String, Map<String, Double>> numbers = figures.now();
    JsonOut json = new JsonOut(4 * 1024);
    json.open('{').name("time").number(clock.millis());
    json.name("state").string(verdict.fresh() ? "fresh" : "stale");
    json.name("since").number(verdict.since()).name("reason");
    String reason = verdict.reason();
    JsonOut _ = reason == null ? json.nothing() : json.string(reason);
    json.name("ready").bool(reasons.isEmpty()).name("notReady").open('[');
    reasons.forEach(json::string);
    json.close(']').name("parts").open('[');
    boolean heard = ages.bridgeMillis() <= settings.live().beatTimeout().toMillis();
    retention(numbers);
    Part part = new Part(json, numbers);
    part.write("broker", heard ? broker(ages, numbers) : "unknown", ages.brokerMillis());
    numbers
        .computeIfAbsent("bridge", name -> new LinkedHashMap<>())
        .put("positionsShed", (double) ages.shed());
    String bridge = state(ages.bridgeMillis());
    boolean sheds = ages.shedding() && bridge.equals("up");
    part.write("bridge", sheds ? "late" : bridge, ages.bridgeMillis());
    part.write("bus", ages.busFailed() ? "down" : "up", -1);
    part.write("gateway", reasons.isEmpty() && !health.late() ? "up" : "late", -1);
    for (OtherGateway other : beside.others().get()) {
      part.other(other, ages.busFailed() ? "unknown" : otherState(other));
    }
    part.write("recorder", state(ages.recorderMillis()), ages.recorderMillis());
    part.write("history", history(ages, heard), ages.historyMillis());
    if (!beside.probeInterval().isZero()) {
      probe(numbers, part);
    }
    part.write("process", "up", -1);
    return Answer.json(json.close(']').close('}'));
  }

  private void retention(Map<String, Map<String, Double>> numbers) {
    HealthWatch.Held held = health.held();
    if (held.days() > 0 || held.events() > 0) {
      Map<String, Double> figures =
          numbers.computeIfAbsent("recorder", name -> new LinkedHashMap<>());
      figures.put("retentionHeldDays", (double) held.days());
      figures.put("retentionHeldEvents", (double) held.events());
    }
  }

  /** What it drops, nobody else can count. Where the probe hears it, its figure is here already. */
  private String broker(HealthWatch.Ages ages, Map<String, Map<String, Double>> numbers) {
    Map<String, Double> own = numbers.computeIfAbsent("broker", name -> new LinkedHashMap<>());
    own.putIfAbsent("dropped", (double) ages.dropped());
    boolean drops = ages.dropping() || own.getOrDefault("droppedPerSecond", 0.0) > 0;
    String state = state(ages.brokerMillis());
    return drops && state.equals("up") ? "late" : state;
  }

  private String state(long ageMillis) {
    if (ageMillis <= settings.live().beatTimeout().toMillis()) {
      return "up";
    }
    return ageMillis <= DOWN_MILLIS ? "late" : "down";
  }

  /** They tell of themselves each 2 s. */
  private static String otherState(OtherGateway other) {
    if (other.silentMillis() <= OTHER_MILLIS) {
      return "up";
    }
    return other.silentMillis() <= DOWN_MILLIS ? "late" : "down";
  }

  private String history(HealthWatch.Ages ages, boolean heard) {
    if (ages.historyFailed()) {
      return "down";
    }
    return heard ? state(ages.historyMillis()) : "unknown";
  }

  private void probe(Map<String, Map<String, Double>> numbers, Part part) {
    List<ProbeRound> rounds = beside.rounds().get();
    Map<String, Double> figures = numbers.computeIfAbsent("probe", name -> new LinkedHashMap<>());
    figures.put("intervalMs", (double) beside.probeInterval().toMillis());
    rounds.reversed().stream()
        .filter(round -> round.failed() == null)
        .findFirst()
        .ifPresent(
            round -> {
              figures.put("totalMs", round.total());
              figures.put("lastSuccess", (double) round.time());
            });
    ProbeRound last = rounds.isEmpty() ? null : rounds.getLast();
    long age = last == null ? -1 : Math.max(0, clock.millis() - last.time());
    part.write("probe", probeState(last, age), age);
  }

  private String probeState(@Nullable ProbeRound last, long ageMillis) {
    if (last == null) {
      return "unknown";
    }
    long dead = Math.max(MISSED * beside.probeInterval().toMillis(), DEAD_MILLIS);
    if (last.failed() != null || ageMillis > dead) {
      return "down";
    }
    return last.within(LatencyApi.WITHIN_MILLIS) ? "up" : "late";
  }

  /** Writes parts one after the other. */
  private final class Part {
    private final JsonOut json;
    private final Map<String, Map<String, Double>> numbers;

    Part(JsonOut json, Map<String, Map<String, Double>> numbers) {
      this.json = json;
      this.numbers = numbers;
    }

    /**
     * One part.
     *
     * @param ageMillis since it was last heard, or negative where that is not known
     */
    void write(String name, String state, long ageMillis) {
      String instance = name.equals("gateway") ? settings.serverName() : null;
      write(name, instance, state, ageMillis, numbers.getOrDefault(name, Map.of()));
    }

    void other(OtherGateway gateway, String state) {
      Map<String, Double> clients = Map.of("clients", (double) gateway.clients());
      write("gateway", gateway.name(), state, gateway.silentMillis(), clients);
    }

    private void write(
        String name,
        @Nullable String instance,
        String state,
        long ageMillis,
        Map<String, Double> figures) {
      json.open('{').name("name").string(name);
      if (instance != null) {
        json.name("instance").string(instance);
      }
      json.name("state").string(state);
      if (ageMillis >= 0) {
        json.name("ageMs").number(ageMillis);
      }
      json.name("figures").open('{');
      figures.forEach((figure, value) -> json.name(figure).decimal(value, PLACES));
      json.close('}').close('}');
    }
  }
}
