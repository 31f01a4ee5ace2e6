package sightline.config;

import java.lang.reflect.RecordComponent;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The settings that a tree of records has: a record in a record is a section, all else a key, and
 * the instance that it was made from holds the defaults. Immutable.
 */
public final class Schema {
  private final Map<String, Key> keys = new LinkedHashMap<>();

  /** The schema of a record whose components are sections. */
  public Schema(Record defaults) {
    add("", defaults);
  }

  /** All settings by path, in the order of the records. */
  public Map<String, Key> keys() {
    return keys;
  }

  /** Whether the path is that of a section, the empty one included. */
  boolean isSection(String path) {
    return path.isEmpty() || keys.keySet().stream().anyMatch(key -> key.startsWith(path + "."));
  }

  private void add(String prefix, Record defaults) {
    for (RecordComponent component : defaults.getClass().getRecordComponents()) {
      String path = prefix + Key.named(component.getName());
      Object value = Records.get(defaults, component);
      if (component.getType().isRecord() && value instanceof Record section) {
        add(path + ".", section);
      } else {
        keys.put(path, new Key(path, component.getGenericType(), value));
      }
    }
  }
}
