package sightline.config;

import java.lang.reflect.RecordComponent;
import java.util.LinkedHashMap;
import java.util.List;
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

  /** What someone who wrote this path probably meant, for a message. */
  String hint(String path) {
    String name = path.substring(path.lastIndexOf('.') + 1);
    for (String key : keys.keySet()) {
      if (key.endsWith("." + name)) {
        return "; did you mean " + key + "?";
      }
    }
    String prefix = path.substring(0, path.length() - name.length());
    List<String> siblings =
        keys.keySet().stream()
            .filter(key -> key.startsWith(prefix))
            .map(key -> prefix + key.substring(prefix.length()).split("\\.", 2)[0])
            .distinct()
            .toList();
    return Nearest.hint(path, siblings);
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
