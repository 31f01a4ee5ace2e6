package sightline.app;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import sightline.config.Binder;
import sightline.config.Bound;

/** The flags that say where data and settings are; filled by picocli on the main thread. */
final class SettingsOptions {
  @Option(names = "--data", paramLabel = "DIR", description = "where everything is kept")
  private @Nullable Path data;

  @Option(names = "--config", paramLabel = "FILE", description = "the settings file")
  private @Nullable Path config;

  /** The data directory: the flag, SIGHTLINE_DATA, or `data` in the program's own folder. */
  Path data(Map<String, String> environment) {
    String variable = environment.get("SIGHTLINE_DATA");
    if (data != null) {
      return data.toAbsolutePath().normalize();
    }
    if (variable != null && !variable.isBlank()) {
      return Path.of(variable).toAbsolutePath().normalize();
    }
    return home().resolve("data");
  }

  /** A binder over the settings file, where there is one, and the environment. */
  Binder<Settings> binder(Map<String, String> environment) {
    Binder<Settings> binder = new Binder<>(Settings.defaults(home()));
    Path file = file(environment);
    if (file != null) {
      binder.file(file);
    }
    return binder.environment(environment);
  }

  /** The settings in force without further flags. */
  Bound<Settings> bound(Map<String, String> environment) {
    return binder(environment).bind();
  }

  /** The program's folder, as the launcher says. */
  static Path home() {
    return Path.of(System.getProperty("sightline.root", ".")).toAbsolutePath().normalize();
  }

  private @Nullable Path file(Map<String, String> environment) {
    if (config != null) {
      return config;
    }
    return List.of(data(environment).resolve("sightline.yaml"), Path.of("sightline.yaml")).stream()
        .filter(Files::isRegularFile)
        .findFirst()
        .orElse(null);
  }
}
