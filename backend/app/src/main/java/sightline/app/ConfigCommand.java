package sightline.app;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** `sightline config`: prints the settings in force and where each came from. */
@Command(name = "config", description = "print the settings in force")
final class ConfigCommand implements Callable<Integer> {
  private final Map<String, String> environment;

  @Mixin private final SettingsOptions options = new SettingsOptions();

  ConfigCommand(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    System.out.print(options.bound(environment).toYaml());
    System.out.flush();
    return 0;
  }
}
