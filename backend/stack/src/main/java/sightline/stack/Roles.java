package sightline.stack;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Sightline's own processes, with their settings. For one thread. */
final class Roles {
  /** How the launcher starts Sightline: more flags and its class path, one a line. */
  private static final String LAUNCHED = "sightline.stack.java";

  /**
   * Next to the gateway's work theirs is little: the second compiler took 4 of a bridge's first 40
   * seconds, and saves 0.06 of a core after.
   */
  private static final String QUICK = "-XX:TieredStopAtLevel=1";

  private final Layout layout;
  private final String shared;
  private final int broker;

  /**
   * With what all roles need.
   *
   * @param bridge the broker's port for the bridge
   * @param probeEvery from one of the probe's measurements to the next
   */
  Roles(Layout layout, int bridge, int redis, int postgres, Duration probeEvery) {
    this.layout = layout;
    this.broker = bridge;
    this.shared =
        """
        redis:
          url: redis://127.0.0.1:%d
          password-file: redis.password
        postgres:
          url: jdbc:postgresql://127.0.0.1:%d/%s
          user: %s
          password-file: postgres.password
        bridge:
          mqtt:
            url: mqtts://127.0.0.1:%d
            ca: ../certs/ca.crt
            certificate: ../certs/bridge.crt
            key: ../certs/bridge.key
        probe:
          interval: %dms
          key-file: probe.password
        """
            .formatted(
                redis, postgres, Postgres.NAME, Postgres.NAME, bridge, probeEvery.toMillis());
  }

  Part bridge(int number, int admin) {
    return inTurn(number, part("bridge-" + number, "bridge", admin, "", adminUrl(admin)));
  }

  Part recorder(int admin) {
    return part("recorder", "recorder", admin, "", adminUrl(admin)).after(Part.SOON);
  }

  Part gateway(int number, int port, int admin) {
    String name = "gateway-" + number;
    Part gateway = part(name, "gateway", admin, gatewaySection(name, port), gatewayUrl(port));
    return inTurn(number, gateway);
  }

  private static Part inTurn(int number, Part part) {
    return number == 1 ? part : part.after(Part.SECOND);
  }

  private static String gatewaySection(String name, int port) {
    return "gateway:\n  port: %d\n  server-name: %s\n  trusted-proxies: [127.0.0.1]\n"
        .formatted(port, name);
  }

  private static String gatewayUrl(int port) {
    return "http://127.0.0.1:" + port + "/";
  }

  /**
   * The probe, through what devices and browsers go through.
   *
   * @param devices the broker's port for devices
   * @param front Nginx's
   */
  Part probe(int devices, int front, int gateways, int admin) {
    return part(
            "probe", "probe", admin, "", adminUrl(admin), probeSection(devices, front, gateways))
        .after(Part.LAST);
  }

  /** More of the last shared section. */
  private String probeSection(int devices, int front, int gateways) {
    String names =
        IntStream.rangeClosed(1, gateways)
            .mapToObj(n -> "gateway-" + n)
            .collect(Collectors.joining(", "));
    return """
          mqtt:
            url: mqtts://127.0.0.1:%d
            ca: ../certs/ca.crt
            certificate: ../certs/probe.crt
            key: ../certs/probe.key
          broker-url: mqtts://127.0.0.1:%d
          url: wss://localhost:%d
          ca: ../certs/ca.crt
          gateways: [%s]
        """
        .formatted(devices, broker, front, names);
  }

  /**
   * All roles in one process, which writes down at its end what it loaded.
   *
   * @param http the gateway's port
   * @param devices the broker's port for devices
   * @param front Nginx's
   * @param cache where it is written
   */
  Part rehearsal(int http, int devices, int front, int admin, Path cache) {
    List<String> words = List.of("bridge", "recorder", "gateway", "probe");
    Part all =
        part(
            "gateway-1",
            words,
            admin,
            gatewaySection("gateway-1", http),
            gatewayUrl(http),
            probeSection(devices, front, 1));
    List<String> command = new ArrayList<>(all.command());
    command.removeIf(flag -> flag.startsWith("-XX:AOTCache="));
    command.add(1, "-XX:AOTCacheOutput=" + cache);
    return new Part(
        all.name(), all.tier(), command, all.directory(), null, all.stopSignal(), all.known());
  }

  /** A simulated fleet on the broker's listener for devices, each unit with its certificate. */
  Part fleet(int units, int devices) {
    String broker = "mqtts://127.0.0.1:" + devices;
    List<String> command = java("512m", QUICK);
    command.addAll(
        List.of(
            "simulate",
            String.valueOf(units),
            "--mqtt",
            broker,
            "--certs",
            layout.certificates().toString(),
            "--data",
            layout.dir().resolve("data").toString()));
    return new Part(
        "simulator", Part.FIELD, command, layout.dir(), null, "TERM", Map.of("url", broker));
  }

  private Part part(String name, String role, int admin, String own, String url) {
    return part(name, role, admin, own, url, "");
  }

  private Part part(String name, String role, int admin, String own, String url, String probe) {
    return part(name, List.of(role), admin, own, url, probe);
  }

  /** With more of the last shared section, the probe's. */
  private Part part(
      String name, List<String> roles, int admin, String own, String url, String probe) {
    Path settings = layout.settings(name + ".yaml");
    String run = "run:\n  history: postgres\n  admin-port: " + admin + "\n";
    Layout.write(settings, run + own + shared + probe);
    List<String> command = roles.contains("gateway") ? java("1g", "") : java("512m", QUICK);
    command.add("run");
    command.addAll(roles);
    command.addAll(
        List.of(
            "--config",
            settings.toString(),
            "--data",
            layout.dir().resolve("data").resolve(name).toString()));
    return new Part(
        name,
        Part.ROLE,
        command,
        layout.dir(),
        null,
        "TERM",
        Map.of("url", url, "admin", adminUrl(admin)));
  }

  private static String adminUrl(int port) {
    return "http://127.0.0.1:" + port;
  }

  private static List<String> java(String memory, String compilers) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-XX:+UseSerialGC",
            // Small at first: all of a young generation soon lies in memory, and next to nothing of
            // it lives.
            "-Xms80m",
            "-Xmn48m",
            "-Xmx" + memory,
            "-XX:+ExitOnOutOfMemoryError",
            "-Dfile.encoding=UTF-8"));
    if (!compilers.isEmpty()) {
      command.add(compilers);
    }
    String launched = System.getProperty(LAUNCHED);
    if (launched == null) {
      command.addAll(
          List.of(
              "-Dsightline.root=" + System.getProperty("sightline.root", "."),
              "-cp",
              System.getProperty("java.class.path")));
    } else {
      command.addAll(List.of(launched.split("\n", -1)));
    }
    command.add("sightline.app.Main");
    return command;
  }
}
