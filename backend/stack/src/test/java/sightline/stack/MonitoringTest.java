package sightline.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the production path tells of itself, beside what was done to it. */
@Tag("slow")
final class MonitoringTest {
  private static final Path ROOT =
      Path.of(System.getProperty("sightline.root", "../..")).toAbsolutePath().normalize();
  private static final Pattern NAME = Pattern.compile("sightline_[a-z_]+");
  private static final int UNITS = 50;
  private static final int POSITIONS_EACH = 20;
  private static final int BROWSERS = 5;

  /** A test waits for many of them, one after the other. */
  private static final Duration PROBE_EVERY = Duration.ofSeconds(1);

  /** The bridge's two connections, and the probe's that listens to the broker. */
  private static final int OWN_CLIENTS = 3;

  private static Path dir = Path.of("");
  private static Layout layout;
  private static Stack stack;

  @BeforeAll
  static void start() throws IOException {
    dir = Files.createTempDirectory("sightline-monitoring-");
    layout = Layout.make(ROOT, dir);
    stack = new Stack(new StackPlan(2, 1, 0, true, PROBE_EVERY, null, false), layout);
    stack.start();
  }

  @AfterAll
  static void stop() {
    stack.close();
    Commands.run(
        Path.of("/"), Map.of(), List.of("rm", "-rf", dir.toString(), layout.servers().toString()));
  }

  @Test
  void theShippedRulesAreValidAndFireWhereTheyMust() throws IOException {
    Path rules = Files.createDirectories(dir.resolve("rules"));
    Files.copy(ROOT.resolve("deploy/prometheus-rules.yml"), rules.resolve("sightline-rules.yml"));
    try (var tests = MonitoringTest.class.getResourceAsStream("prometheus-rules-test.yml")) {
      Files.copy(tests, rules.resolve("test.yml"));
    }
    Commands.run(rules, Map.of(), List.of("promtool", "check", "rules", "sightline-rules.yml"));
    Commands.run(rules, Map.of(), List.of("promtool", "test", "rules", "test.yml"));
  }

  @Test
  void everyRolesMetricsAreCleanAndEveryNameOfTheDocsAndTheRulesIsThere() throws Exception {
    for (JsonNode part : StackTest.parts(dir)) {
      if (part.has("admin")) {
        assertEquals("", check(Scrape.text(part)), part.get("name").asText());
      }
    }
    String page = Files.readString(ROOT.resolve("docs/protocol.md"));
    Set<String> promised =
        names(page.substring(page.indexOf("**P36.**"), page.indexOf("**P37.**")));
    assertTrue(promised.size() > 30, promised.toString());
    Scrape scrape = Scrape.of(dir);
    Set<String> missing = new TreeSet<>(promised);
    missing.removeIf(name -> scrape.has(name) || scrape.has(name + "_count"));
    // The embedded broker's, which this deployment doesn't have.
    missing.removeAll(Set.of("sightline_broker_refused_total", "sightline_broker_handshakes"));
    // Each reason is there once something was refused or ended by it.
    missing.removeAll(
        Set.of(
            "sightline_gateway_rejected_total",
            "sightline_gateway_closed_total",
            "sightline_bridge_rejected_total"));
    assertEquals(Set.of(), missing, "named in docs/protocol.md, and nowhere told");
    Set<String> asked = names(Files.readString(ROOT.resolve("deploy/prometheus-rules.yml")));
    asked.removeIf(name -> promised.contains(name.replaceAll("_(bucket|count|sum)$", "")));
    assertEquals(Set.of(), asked, "asked for by a rule, and not in docs/protocol.md");
  }

  @Test
  void prometheusShowsWhatTheLoadGeneratorCounted() throws Exception {
    int port = port(StackTest.part(dir, "mosquitto").get("plainUrl").asText());
    try (Prometheus prometheus = new Prometheus(ROOT, dir);
        HttpClient http = HttpClient.newHttpClient();
        Units units = new Units("m-", UNITS, port)) {
      List<WebSocket> browsers = browsers(http);
      awaited(prometheus, "up", "count(up == 1)", 5);
      awaited(prometheus, "units connected", "sightline_broker_clients", UNITS + OWN_CLIENTS);
      awaited(prometheus, "browsers", "sum(sightline_gateway_clients)", BROWSERS + 2.0);
      eachGatewaysPageNamesTheBrowsersOfAll();
      Scrape before = Scrape.of(dir);

      units.publish(POSITIONS_EACH);

      String out = "sum(sightline_ledger_total{flow=\"positions\",hop=\"%s\"})";
      awaited(prometheus, "positions taken", out.formatted("bridge-out"), units.published());
      awaited(prometheus, "positions in history", out.formatted("recorder-out"), units.published());
      Scrape after = Scrape.of(dir);
      double in = grown(before, after, "sightline_broker_messages_total", "direction=\"in\"");
      assertTrue(in >= units.published(), "the broker took in " + in);
      shown("publishes to the broker (the bridge's too)", units.published(), in);
      double told = grown(before, after, "sightline_gateway_broadcast_seconds_count");
      assertTrue(told > 0 && told <= units.published() * 2 + 100, "broadcasts: " + told);
      shown("frames broadcast, of two gateways", units.published(), told);
      double parsed = grown(before, after, "sightline_bridge_processing_seconds_count");
      assertTrue(parsed >= 1, "processed: " + parsed);
      assertEquals(0, grown(before, after, "sightline_bridge_publish_errors_total"));
      assertEquals(0, grown(before, after, "sightline_broker_dropped_total"));

      double lost = after.sum("sightline_broker_disconnects_total", "reason=\"lost\"");
      int cut = units.cut();
      double uptime = Scrape.of(dir).sum("sightline_broker_uptime_seconds");
      StackTest.until(
          "the broker has told of three more seconds",
          () -> Scrape.of(dir).sum("sightline_broker_uptime_seconds") >= uptime + 3);
      awaited(
          prometheus,
          "disconnects",
          "sightline_broker_disconnects_total{reason=\"lost\"}",
          lost + cut);
      assertEquals(cut, UNITS);
      awaited(prometheus, "units connected, after", "sightline_broker_clients", OWN_CLIENTS);
      browsers.forEach(WebSocket::abort);
      awaited(prometheus, "browsers, after", "sum(sightline_gateway_clients)", 2);
      String within = "sightline:probe_within_1s:ratio_1h > 0";
      StackTest.until("availability is known", () -> !prometheus.query(within).isEmpty());
      System.out.println("within 1 s: " + prometheus.query(within));
    }
  }

  @Test
  void aPartThatSleepsShowsInTheProbesFiguresAtItsHop() {
    Map<String, String> hops =
        Map.of(
            "mosquitto", "broker",
            "redis", "bus",
            "bridge-1", "bridge",
            "gateway-2", "gateway",
            "nginx", "gateway");
    for (String part : List.of("mosquitto", "redis", "bridge-1", "gateway-2", "nginx")) {
      untilThrough(part);
      Scrape before = Scrape.of(dir);
      ProcessHandle process =
          ProcessHandle.of(StackTest.part(dir, part).get("pid").asLong()).orElseThrow();
      List<Long> pids =
          LongStream.concat(
                  LongStream.of(process.pid()), process.descendants().mapToLong(ProcessHandle::pid))
              .boxed()
              .toList();
      pids.forEach(pid -> Commands.signal("STOP", pid));
      Map<String, Double> failures;
      try {
        StackTest.until(part + " is missed", () -> !failures(before).isEmpty());
        if (part.startsWith("gateway")) {
          StackTest.until(
              "the other gateway says that it is down",
              () -> "down".equals(gateways("gateway-1", "state").get(part)));
        }
        failures = failures(before);
      } finally {
        pids.forEach(pid -> Commands.signal("CONT", pid));
      }
      System.out.println(part + " asleep: failures by hop " + failures);
      assertEquals(Set.of(String.valueOf(hops.get(part))), failures.keySet(), part);
    }
    untilThrough("the end");
  }

  /** Three of five came to the first gateway; the probe holds one more at each. */
  private static void eachGatewaysPageNamesTheBrowsersOfAll() {
    Map<String, String> expected = Map.of("gateway-1", "4", "gateway-2", "3");
    for (String asked : expected.keySet()) {
      StackTest.until(
          asked + " names the browsers of all", () -> gateways(asked, "clients").equals(expected));
    }
  }

  /** A field or figure of each gateway, as one of them says it. */
  private static Map<String, String> gateways(String asked, String field) {
    String url = StackTest.part(dir, asked).get("url").asText() + "api/v1/health";
    Map<String, String> all = new TreeMap<>();
    try {
      for (JsonNode part : new ObjectMapper().readTree(Scrape.get(url)).path("parts")) {
        if (part.path("name").asText().equals("gateway")) {
          JsonNode of = part.has(field) ? part : part.path("figures");
          all.put(part.path("instance").asText(), of.path(field).asText());
        }
      }
    } catch (IOException e) {
      return Map.of();
    }
    return all;
  }

  /** Until three measurements in a row came through: at least one by each gateway. */
  private static void untilThrough(String before) {
    AtomicReference<Scrape> from = new AtomicReference<>(probe());
    StackTest.until(
        "all comes through before " + before,
        () -> {
          Scrape now = probe();
          if (!failures(from.get()).isEmpty()) {
            from.set(now);
          }
          String total = "hop=\"total\"";
          return grown(from.get(), now, "sightline_probe_latency_seconds_count", total) >= 3;
        });
  }

  private static Scrape probe() {
    return new Scrape(Scrape.text(StackTest.part(dir, "probe")).lines().toList());
  }

  /** By hop, how many more than before; those that are none are left out. */
  private static Map<String, Double> failures(Scrape before) {
    Scrape now = probe();
    return List.of("broker", "bridge", "bus", "gateway").stream()
        .filter(hop -> more(before, now, hop) > 0)
        .collect(Collectors.toMap(hop -> hop, hop -> more(before, now, hop)));
  }

  private static double more(Scrape before, Scrape now, String hop) {
    return grown(before, now, "sightline_probe_hop_failures_total", "hop=\"" + hop + '"');
  }

  private static double grown(Scrape before, Scrape after, String metric, String... labels) {
    return after.sum(metric, labels) - before.sum(metric, labels);
  }

  private static void awaited(
      Prometheus prometheus, String what, String expression, double expected) {
    StackTest.until(
        what + " in Prometheus: " + expected,
        () -> prometheus.query(expression).equals(List.of(expected)));
    shown(what, expected, prometheus.query(expression).getFirst());
  }

  private static void shown(String what, double counted, double metric) {
    System.out.printf("%-45s counted %6.0f, metric %6.0f%n", what, counted, metric);
  }

  private static List<WebSocket> browsers(HttpClient http) {
    List<WebSocket> open = new ArrayList<>();
    for (int i = 0; i < BROWSERS; i++) {
      String gateway = StackTest.part(dir, "gateway-" + (1 + i % 2)).get("url").asText();
      URI url = URI.create(gateway.replace("http:", "ws:") + "live?devices=all");
      open.add(
          http.newWebSocketBuilder()
              .subprotocols("sightline.v1.json")
              .buildAsync(url, new WebSocket.Listener() {})
              .join());
    }
    return open;
  }

  private static int port(String url) {
    return URI.create(url).getPort();
  }

  private static Set<String> names(String text) {
    return NAME.matcher(text)
        .results()
        .map(each -> each.group())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** What promtool has against it; empty for nothing. */
  private static String check(String metrics) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder("promtool", "check", "metrics").redirectErrorStream(true).start();
    try (var in = process.getOutputStream()) {
      in.write(metrics.getBytes(StandardCharsets.UTF_8));
    }
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int code = process.waitFor();
    return code == 0 ? said : said + "(exit code " + code + ")";
  }
}
