package sightline.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BinderTest {
  @TempDir Path folder;

  /** Who may enrol. */
  public enum Enrol {
    OPEN,
    REGISTERED_ONLY
  }

  /** A rule by kind. */
  public record Rule(Duration staleAfter, double movingMps) {
    /** The rule where nothing is set. */
    public static final Rule DEFAULT = new Rule(Duration.ofSeconds(30), 1);
  }

  /** A section in a section. */
  public record Live(Duration flushRest) {}

  /** A section. */
  public record Gateway(
      String bind,
      int port,
      long memoryBytes,
      boolean compress,
      Path page,
      List<String> allowedHosts,
      Map<String, Rule> stateByKind,
      Enrol enrol,
      Live live) {
    public Gateway {
      if (port < 0 || port > 65_535) {
        throw new IllegalArgumentException("port must be from 0 to 65535, not " + port);
      }
    }
  }

  /** All. */
  public record All(Gateway gateway) {}

  private static final All DEFAULTS =
      new All(
          new Gateway(
              "127.0.0.1",
              8080,
              64L << 20,
              true,
              Path.of("/page"),
              List.of(),
              Map.of(),
              Enrol.OPEN,
              new Live(Duration.ofNanos(300_000))));

  private Path file(String yaml) throws IOException {
    return Files.writeString(folder.resolve("sightline.yaml"), yaml);
  }

  private Gateway bind(String yaml) throws IOException {
    return new Binder<>(DEFAULTS).file(file(yaml)).bind().settings().gateway();
  }

  private String refusal(String yaml) throws IOException {
    Path file = file(yaml);
    String message =
        String.valueOf(
            assertThrows(ConfigException.class, () -> new Binder<>(DEFAULTS).file(file).bind())
                .getMessage());
    assertEquals(1, message.lines().count(), message);
    return message.replace(file.toString(), "FILE");
  }

  @Test
  void whatNobodySetsIsTheDefault() {
    assertEquals(DEFAULTS, new Binder<>(DEFAULTS).bind().settings());
  }

  @Test
  void aFlagGoesBeforeAVariableAVariableBeforeTheFileTheFileBeforeTheDefault() throws IOException {
    Path file = file("gateway: {port: 1, bind: a, memory-bytes: 5}");
    Bound<All> bound =
        new Binder<>(DEFAULTS)
            .file(file)
            .environment(Map.of("SIGHTLINE_GATEWAY_PORT", "2", "SIGHTLINE_GATEWAY_BIND", "b"))
            .flag("--port", "gateway.port", "3")
            .bind();
    assertEquals(3, bound.settings().gateway().port());
    assertEquals("b", bound.settings().gateway().bind());
    assertEquals(5, bound.settings().gateway().memoryBytes());
    assertTrue(bound.settings().gateway().compress());
    assertEquals(new Origin.Flag("--port"), origin(bound, "gateway.port"));
    assertEquals(new Origin.Variable("SIGHTLINE_GATEWAY_BIND"), origin(bound, "gateway.bind"));
    assertEquals(new Origin.Line(file, 1), origin(bound, "gateway.memory-bytes"));
    assertEquals(new Origin.Default(), origin(bound, "gateway.compress"));
  }

  private static Origin origin(Bound<All> bound, String path) {
    return bound.values().getOrDefault(path, new Bound.Value("", new Origin.Flag("none"))).origin();
  }

  @Test
  void everyTypeIsRead() throws IOException {
    Gateway gateway =
        bind(
            """
            gateway:
              port: 9_000
              compress: false
              page: ../page
              allowed-hosts: [a.example, "b.example:8080"]
              enrol: registered-only
              live:
                flush-rest: 500us
              state-by-kind:
                vehicle: {stale-after: 2m, moving-mps: 0.5}
                sensor:
                  stale-after: 1d
            """);
    assertEquals(9000, gateway.port());
    assertEquals(folder.resolveSibling("page"), gateway.page());
    assertEquals(List.of("a.example", "b.example:8080"), gateway.allowedHosts());
    assertEquals(Enrol.REGISTERED_ONLY, gateway.enrol());
    assertEquals(Duration.ofNanos(500_000), gateway.live().flushRest());
    assertEquals(new Rule(Duration.ofMinutes(2), 0.5), gateway.stateByKind().get("vehicle"));
    assertEquals(new Rule(Duration.ofDays(1), 1), gateway.stateByKind().get("sensor"));
  }

  @Test
  void aListInAVariableIsWrittenWithCommas() {
    All all =
        new Binder<>(DEFAULTS)
            .environment(Map.of("SIGHTLINE_GATEWAY_ALLOWED_HOSTS", "a, b"))
            .bind()
            .settings();
    assertEquals(List.of("a", "b"), all.gateway().allowedHosts());
  }

  @Test
  void anUnknownKeyStopsTheStartAndNamesTheNearestWithFileAndLine() throws IOException {
    assertEquals(
        "FILE:3: gateway.prot is no setting; did you mean gateway.port?",
        refusal("gateway:\n  bind: a\n  prot: 1\n"));
    assertEquals(
        "FILE:1: gatway is no setting; did you mean gateway?", refusal("gatway: {port: 1}"));
    assertEquals("FILE:1: port is no setting; did you mean gateway.port?", refusal("port: 1"));
  }

  @Test
  void anUnknownVariableStopsTheStartAndNamesTheNearest() {
    ConfigException refused =
        assertThrows(
            ConfigException.class,
            () -> new Binder<>(DEFAULTS).environment(Map.of("SIGHTLINE_GATEWAY_PROT", "1")));
    assertEquals(
        "The environment's SIGHTLINE_GATEWAY_PROT is no setting;"
            + " did you mean SIGHTLINE_GATEWAY_PORT?",
        refused.getMessage());
  }

  @Test
  void theLaunchersVariablesAndOtherProgramsAreNoSettings() {
    new Binder<>(DEFAULTS)
        .environment(Map.of("SIGHTLINE_DATA", "/d", "SIGHTLINE_JAVA_HOME", "/j", "PATH", "/bin"))
        .bind();
  }

  @Test
  void aWrongValueNamesKeyValueAndWhatIsAllowed() throws IOException {
    assertEquals(
        "FILE:1: gateway.port must be a whole number, not \"many\".",
        refusal("gateway: {port: many}"));
    assertEquals(
        "FILE:1: gateway.enrol must be open or registered-only, not \"closed\".",
        refusal("gateway: {enrol: closed}"));
    assertEquals(
        "FILE:1: gateway.live.flush-rest must be a duration such as 500ms, 30s, 15m, 24h or 30d,"
            + " not \"1\".",
        refusal("gateway: {live: {flush-rest: 1}}"));
    assertEquals(
        "FILE:1: gateway.allowed-hosts must be a list.", refusal("gateway: {allowed-hosts: a}"));
    assertEquals("FILE:1: gateway is a section, it takes keys.", refusal("gateway: 5"));
  }

  @Test
  void aRecordsOwnRefusalIsToldWithTheKeyAndItsPlace() throws IOException {
    assertEquals(
        "FILE:2: gateway.port must be from 0 to 65535, not 70000.",
        refusal("gateway:\n  port: 70000\n"));
  }

  @Test
  void aKeySetTwiceIsRefused() throws IOException {
    assertEquals(
        "FILE:3: port is set twice, first at FILE:2.", refusal("gateway:\n  port: 1\n  port: 2\n"));
  }

  @Test
  void whatIsNotYamlIsRefusedInOneLine() throws IOException {
    assertTrue(refusal("gateway: [unclosed\n").startsWith("FILE:"), "names file and line");
    assertTrue(refusal("- a\n").startsWith("FILE:1: a settings file is sections"), "a list");
  }

  @Test
  void anEmptyFileOrSectionSetsNothing() throws IOException {
    assertEquals(DEFAULTS.gateway(), bind(""));
    assertEquals(DEFAULTS.gateway(), bind("gateway:\n  # port: 1\n"));
  }

  @Test
  void effectiveSettingsReadBackAsTheSame() throws IOException {
    Path first =
        file(
            """
            gateway:
              bind: "::1"
              allowed-hosts: [a, "b: c"]
              state-by-kind: {vehicle: {stale-after: 90s, moving-mps: 2.5}}
            """);
    Bound<All> bound = new Binder<>(DEFAULTS).file(first).bind();
    Path second = Files.writeString(folder.resolve("effective.yaml"), bound.toYaml());
    assertEquals(bound.settings(), new Binder<>(DEFAULTS).file(second).bind().settings());
  }
}
