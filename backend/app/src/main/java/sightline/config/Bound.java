package sightline.config;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Settings in force. Immutable.
 *
 * @param settings the records
 * @param schema what can be set
 * @param values each setting's value and origin, by path, in the schema's order
 */
public record Bound<R extends Record>(R settings, Schema schema, Map<String, Value> values) {
  /** A value and where it came from. */
  public record Value(@Nullable Object value, Origin origin) {}

  /** All settings as YAML, each with its origin, secrets left out. */
  public String toYaml() {
    return new YamlText().write(this);
  }
}
