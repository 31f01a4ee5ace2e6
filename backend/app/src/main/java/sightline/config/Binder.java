package sightline.config;

import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Binds flags, then variables, then the file, then defaults into one tree of records; the first of
 * these that has a key decides it. Used by one thread.
 */
public final class Binder<R extends Record> {
  private final R defaults;
  private final Schema schema;
  private final Map<String, Node> written = new HashMap<>();

  /** A binder that has the defaults alone. */
  public Binder(R defaults) {
    this.defaults = defaults;
    this.schema = new Schema(defaults);
  }

  /**
   * Takes a file's settings.
   *
   * @throws ConfigException where the file can't be read, or has a key that is no setting
   */
  public Binder<R> file(Path file) {
    flatten("", YamlFile.read(file));
    return this;
  }

  /** Takes the environment's variables; those that are not SIGHTLINE_… are none of ours. */
  public Binder<R> environment(Map<String, String> environment) {
    written.putAll(Variables.read(schema, environment));
    return this;
  }

  /** Takes a flag's text for the setting at a path. */
  public Binder<R> flag(String name, String path, String text) {
    Key key = schema.keys().get(path);
    if (key == null) {
      throw new IllegalArgumentException("no setting " + path);
    }
    written.put(path, Values.written(key.type(), text, new Origin.Flag(name)));
    return this;
  }

  /**
   * The records and where each value came from.
   *
   * @throws ConfigException for a value of the wrong type or that a record refuses
   */
  public Bound<R> bind() {
    Map<String, Bound.Value> values = new LinkedHashMap<>();
    schema.keys().forEach((path, key) -> values.put(path, value(key)));
    return new Bound<>(make("", defaults, values), schema, values);
  }

  /** A record that stands in a map of the file. */
  static Record entry(String path, Record defaults, Node.Section section) {
    try {
      Binder<Record> binder = new Binder<>(defaults);
      binder.flatten("", section);
      return binder.bind().settings();
    } catch (ConfigException e) {
      throw new ConfigException(e.getMessage() + " (in " + path + ")");
    }
  }

  private Bound.Value value(Key key) {
    Node node = written.get(key.path());
    return node == null
        ? new Bound.Value(key.fallback(), new Origin.Default())
        : new Bound.Value(Values.parse(key.path(), key.type(), node), node.origin());
  }

  private void flatten(String prefix, Node.Section section) {
    section
        .entries()
        .forEach(
            (name, entry) -> {
              String path = prefix + name;
              if (schema.keys().containsKey(path)) {
                written.put(path, entry.value());
              } else if (schema.isSection(path)) {
                enter(path, entry.value());
              } else {
                throw unknown(path, entry.keyOrigin());
              }
            });
  }

  private void enter(String path, Node node) {
    switch (node) {
      case Node.Section section -> flatten(path + ".", section);
      case Node.Scalar scalar when scalar.text().isEmpty() -> {
        // A section whose keys are all commented out.
      }
      case Node.Scalar scalar -> throw noSection(path, scalar);
      case Node.Sequence sequence -> throw noSection(path, sequence);
    }
  }

  private static ConfigException noSection(String path, Node node) {
    return new ConfigException(node.origin() + ": " + path + " is a section, it takes keys.");
  }

  private ConfigException unknown(String path, Origin origin) {
    return new ConfigException(origin + ": " + path + " is no setting" + schema.hint(path));
  }

  @SuppressWarnings("unchecked")
  private static <T extends Record> T make(
      String prefix, T defaults, Map<String, Bound.Value> values) {
    RecordComponent[] components = defaults.getClass().getRecordComponents();
    @Nullable Object[] arguments = new Object[components.length];
    for (int i = 0; i < components.length; i++) {
      String path = prefix + Key.named(components[i].getName());
      Bound.Value value = values.get(path);
      arguments[i] =
          value != null
              ? value.value()
              : make(path + ".", section(defaults, components[i]), values);
    }
    try {
      return (T) Records.make(defaults.getClass(), arguments);
    } catch (IllegalArgumentException e) {
      throw refused(prefix, components, values, e);
    }
  }

  private static Record section(Record defaults, RecordComponent component) {
    if (Records.get(defaults, component) instanceof Record section) {
      return section;
    }
    throw new IllegalStateException(component + " is no section");
  }

  /** A record's own refusal, which begins with the component's name, told of the key. */
  private static ConfigException refused(
      String prefix,
      RecordComponent[] components,
      Map<String, Bound.Value> values,
      IllegalArgumentException refusal) {
    String message = String.valueOf(refusal.getMessage());
    for (RecordComponent component : components) {
      String name = Key.named(component.getName());
      Bound.Value value = values.get(prefix + name);
      int end = message.indexOf(' ');
      if (value != null && end > 0 && Key.named(message.substring(0, end)).equals(name)) {
        return new ConfigException(
            value.origin() + ": " + prefix + name + message.substring(end) + ".");
      }
    }
    String section = prefix.isEmpty() ? "settings" : prefix.substring(0, prefix.length() - 1);
    return new ConfigException(section + ": " + message + ".");
  }
}
