package sightline.app;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import sightline.config.Key;
import sightline.config.Schema;

/** Writes docs/configuration.md from the settings records and their Javadoc. */
final class ConfigurationPage {
  private static final String HEAD =
      """
      # Settings

      One YAML file, variables and flags over defaults: a flag goes before a variable, a variable before the file, the
      file before the default. The file is `sightline.yaml` in the data directory, else in the working directory, or
      what `--config FILE` names. The variable of `gateway.port` is `SIGHTLINE_GATEWAY_PORT`; a list in a variable is
      written with commas. A path in the file is meant from the file's folder. A key that is none, or a value that is
      not allowed, stops the start with one line that names file and line.

      Durations are a whole number and a unit: 300us, 500ms, 30s, 15m, 24h, 30d. `up` runs its own broker and points
      its bridge there: `bridge.mqtt` then counts for nothing, nor do `run` and `redis`.

      `./sightline config` prints the settings in force, each with where it came from.

      `SIGHTLINE_DATA` (the data directory), `SIGHTLINE_JAVA_HOME` (the JDK) and `SIGHTLINE_JAVA_OPTIONS` (more flags
      for the JVM) are the launcher's, and no settings.
      """;

  private final Path backend;
  private final Map<String, Key> keys;
  private final StringBuilder page = new StringBuilder(HEAD);

  private ConfigurationPage(Path backend) {
    this.backend = backend;
    keys = new Schema(Settings.defaults(Path.of("/sightline"))).keys();
  }

  /** The whole page. */
  static String write(Path backend) throws IOException {
    ConfigurationPage writer = new ConfigurationPage(backend);
    for (RecordComponent section : Settings.class.getRecordComponents()) {
      writer.section(section);
    }
    return writer.page.toString();
  }

  private void section(RecordComponent section) throws IOException {
    page.append("\n## ").append(section.getName()).append("\n\n");
    page.append(capital(description(Settings.class, section.getName()))).append(".\n");
    if (!section.getType().isRecord()) {
      return;
    }
    page.append("\n| key | default | takes | what it is |\n|---|---|---|---|\n");
    rows(section.getName() + ".", section.getType());
  }

  private void rows(String prefix, Class<?> type) throws IOException {
    for (RecordComponent component : type.getRecordComponents()) {
      String name =
          component.getName().replaceAll("([A-Z])", "-$1").toLowerCase(java.util.Locale.ROOT);
      Key key = keys.get(prefix + name);
      if (key == null) {
        rows(prefix + name + ".", component.getType());
      } else {
        row(key, description(type, component.getName()));
      }
    }
  }

  private void row(Key key, String description) {
    String fallback =
        key.fallback() == null ? "none" : "`" + key.fallbackText().replace("/sightline/", "") + "`";
    page.append(
        "| `%s` | %s | %s | %s |\n"
            .formatted(
                key.path(), fallback, key.allowed().replaceAll(" such as .*", ""), description));
  }

  /** What a record's Javadoc says of a component. */
  private String description(Class<?> type, String component) throws IOException {
    Matcher found =
        Pattern.compile("@param " + component + "\\s+(.*?)(?=@param|\\*/)", Pattern.DOTALL)
            .matcher(Files.readString(source(type)));
    if (!found.find()) {
      throw new IllegalStateException(type + " does not say what " + component + " is");
    }
    return found
        .group(1)
        .replaceAll("\\s*\\n\\s*\\*\\s*", " ")
        .replaceAll("\\{@code\\s+((?:[^{}]|\\{[^}]*})*)}", "`$1`")
        .replace("|", "\\|")
        .strip();
  }

  private Path source(Class<?> type) throws IOException {
    String file = "src/main/java/" + type.getName().replace('.', '/') + ".java";
    try (Stream<Path> modules = Files.list(backend)) {
      return modules
          .map(module -> module.resolve(file))
          .filter(Files::isRegularFile)
          .findFirst()
          .orElseThrow(() -> new IllegalStateException("no source of " + type));
    }
  }

  private static String capital(String text) {
    return Character.toUpperCase(text.charAt(0)) + text.substring(1);
  }
}
