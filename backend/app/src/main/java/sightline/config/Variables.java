package sightline.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The environment's SIGHTLINE_… variables as settings. */
final class Variables {
  static final String PREFIX = "SIGHTLINE_";

  /** Variables of the launcher, which are no settings. */
  private static final Set<String> RESERVED =
      Set.of("SIGHTLINE_DATA", "SIGHTLINE_JAVA_HOME", "SIGHTLINE_JAVA_OPTIONS");

  private Variables() {}

  /**
   * What the environment sets, by path.
   *
   * @throws ConfigException for a SIGHTLINE_… variable that is no setting
   */
  static Map<String, Node> read(Schema schema, Map<String, String> environment) {
    Map<String, Key> byVariable = new LinkedHashMap<>();
    schema.keys().values().forEach(key -> byVariable.put(key.variable(), key));
    Map<String, Node> values = new LinkedHashMap<>();
    new TreeMap<>(environment)
        .forEach(
            (name, text) -> {
              if (!name.startsWith(PREFIX) || RESERVED.contains(name)) {
                return;
              }
              Key key = byVariable.get(name);
              if (key == null) {
                throw new ConfigException(
                    "The environment's "
                        + name
                        + " is no setting"
                        + Nearest.hint(name, List.copyOf(byVariable.keySet())));
              }
              values.put(key.path(), Values.written(key.type(), text, new Origin.Variable(name)));
            });
    return values;
  }
}
