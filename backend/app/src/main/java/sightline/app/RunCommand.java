package sightline.app;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import sightline.config.Nearest;

/** `sightline run ROLE…`: one role or several in this process, until it is told to stop. */
@Command(name = "run", description = "run single roles over Redis and an MQTT broker")
final class RunCommand implements Callable<Integer> {
  private final Map<String, String> environment;
  private final EventLogs sqlite;

  @Mixin private final SettingsOptions options = new SettingsOptions();

  @Parameters(
      paramLabel = "ROLE",
      description = "bridge, gateway, recorder or probe",
      arity = "0..*")
  private List<String> words = new ArrayList<>();

  @Option(names = "--ready-file", paramLabel = "FILE", description = "written once all is started")
  private @Nullable Path readyFile;

  RunCommand(Map<String, String> environment, EventLogs sqlite) {
    this.environment = environment;
    this.sqlite = sqlite;
  }

  @Override
  public Integer call() throws InterruptedException {
    Set<Role> roles = roles();
    Settings settings = options.bound(environment).settings();
    check(settings, roles);
    Signals signals = Signals.install();
    try (Running running =
        new Running(roles, settings, options.data(environment), sqlite, signals)) {
      running.start();
      ready(roles, running);
      signals.await();
      System.err.println("Stopping …");
    }
    return signals.exitCode();
  }

  private Set<Role> roles() {
    Set<Role> roles = EnumSet.noneOf(Role.class);
    for (String word : words) {
      Role role = role(word);
      if (!roles.add(role)) {
        throw new StartRefused("The role " + word + " is named twice.");
      }
    }
    if (roles.isEmpty()) {
      throw new StartRefused(
          "Name at least one role: sightline run " + String.join("|", names()) + ".");
    }
    return roles;
  }

  private static Role role(String word) {
    for (Role role : Role.values()) {
      if (name(role).equals(word)) {
        return role;
      }
    }
    throw new StartRefused("There is no role " + word + Nearest.hint(word, names()));
  }

  private static List<String> names() {
    return EnumSet.allOf(Role.class).stream().map(RunCommand::name).toList();
  }

  private static String name(Role role) {
    return role.name().toLowerCase(Locale.ROOT);
  }

  private static void check(Settings settings, Set<Role> roles) {
    RunSettings run = settings.run();
    FreePort.checkLoopback(run.adminBind(), "run.admin-bind");
    FreePort.check("The admin", run.adminBind(), run.adminPort(), "run.admin-port");
    if (roles.contains(Role.GATEWAY)) {
      FreePort.checkLoopback(settings.gateway().bind(), "gateway.bind");
      FreePort.check("HTTP", settings.gateway().bind(), settings.gateway().port(), "gateway.port");
    }
  }

  private void ready(Set<Role> roles, Running running) {
    Map<String, Object> known = new LinkedHashMap<>();
    known.put("roles", roles.stream().map(RunCommand::name).toList());
    known.put("admin", running.adminPort());
    if (roles.contains(Role.GATEWAY)) {
      known.put("http", running.httpPort());
    }
    if (readyFile != null) {
      ReadyFile.write(readyFile, known);
    }
    System.out.println("Running " + known);
    System.out.flush();
  }
}
