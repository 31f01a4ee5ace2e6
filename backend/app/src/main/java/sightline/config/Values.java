package sightline.config;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Turns what was written into what a record takes. */
final class Values {
  private Values() {}

  /**
   * The value of a key.
   *
   * @throws ConfigException that names key, place, value and what is allowed
   */
  static Object parse(String key, Type type, Node node) {
    if (type instanceof ParameterizedType generic) {
      Type item = generic.getActualTypeArguments()[generic.getActualTypeArguments().length - 1];
      return generic.getRawType() == Map.class ? map(key, item, node) : list(key, item, node);
    }
    if (!(node instanceof Node.Scalar scalar)) {
      throw new ConfigException(node.origin() + ": " + key + " must be " + allowed(type) + ".");
    }
    try {
      Object value = scalar((Class<?>) type, scalar.text().strip());
      return value instanceof Path path ? resolved(path, scalar.origin()) : value;
    } catch (IllegalArgumentException e) {
      throw new ConfigException(
          "%s: %s must be %s, not \"%s\"."
              .formatted(scalar.origin(), key, allowed(type), scalar.text()));
    }
  }

  /** A variable's or a flag's text for a key: a list is written with commas. */
  static Node written(Type type, String text, Origin origin) {
    if (type instanceof ParameterizedType generic && generic.getRawType() == List.class) {
      return new Node.Sequence(
          Arrays.stream(text.split(",", -1))
              .map(String::strip)
              .filter(item -> !item.isEmpty())
              .<Node>map(item -> new Node.Scalar(item, origin))
              .toList(),
          origin);
    }
    return new Node.Scalar(text, origin);
  }

  private static List<Object> list(String path, Type item, Node node) {
    if (!(node instanceof Node.Sequence sequence)) {
      throw new ConfigException(node.origin() + ": " + path + " must be a list.");
    }
    List<Object> items = new ArrayList<>();
    sequence.items().forEach(each -> items.add(entry(path, item, each)));
    return List.copyOf(items);
  }

  private static Map<String, Object> map(String path, Type item, Node node) {
    if (!(node instanceof Node.Section section)) {
      throw new ConfigException(node.origin() + ": " + path + " must be a section of the file.");
    }
    Map<String, Object> entries = new LinkedHashMap<>();
    section
        .entries()
        .forEach((key, entry) -> entries.put(key, entry(path + "." + key, item, entry.value())));
    return Map.copyOf(entries);
  }

  private static Object entry(String path, Type type, Node node) {
    if (!(type instanceof Class<?> raw && raw.isRecord())) {
      return parse(path, type, node);
    }
    if (!(node instanceof Node.Section section)) {
      throw new ConfigException(node.origin() + ": " + path + " must be a section of the file.");
    }
    return Binder.entry(path, Defaults.of(raw), section);
  }

  private static Object scalar(Class<?> type, String text) {
    if (type == int.class) {
      return Integer.parseInt(text.replace("_", ""));
    } else if (type == long.class) {
      return Long.parseLong(text.replace("_", ""));
    } else if (type == double.class) {
      return finite(Double.parseDouble(text));
    } else if (type == boolean.class) {
      return bool(text);
    } else if (type == Duration.class) {
      return Durations.parse(text);
    } else if (type == Path.class) {
      return path(text);
    } else if (type.isEnum()) {
      return constant(type, text);
    } else if (type == String.class) {
      return text;
    }
    throw new IllegalStateException("a setting can't be a " + type);
  }

  private static double finite(double number) {
    if (!Double.isFinite(number)) {
      throw new IllegalArgumentException("not finite");
    }
    return number;
  }

  private static boolean bool(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException(text);
    };
  }

  private static Path path(String text) {
    if (text.isEmpty()) {
      throw new IllegalArgumentException("empty");
    }
    return Path.of(text);
  }

  /** A path in a file is meant from that file's folder, any other from the working directory. */
  private static Path resolved(Path path, Origin origin) {
    Path absolute =
        origin instanceof Origin.Line line
            ? line.file().toAbsolutePath().resolveSibling(path)
            : path.toAbsolutePath();
    return absolute.normalize();
  }

  private static Object constant(Class<?> type, String text) {
    return Arrays.stream(type.getEnumConstants())
        .filter(constant -> text.equals(written(constant)))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(text));
  }

  /** How a constant is written in settings. */
  static String written(Object constant) {
    return constant.toString().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** What a key of this type takes, for messages and the list of settings. */
  static String allowed(Type type) {
    if (type == int.class || type == long.class) {
      return "a whole number";
    } else if (type == double.class) {
      return "a number";
    } else if (type == boolean.class) {
      return "true or false";
    } else if (type == Duration.class) {
      return "a duration such as 500ms, 30s, 15m, 24h or 30d";
    } else if (type == Path.class) {
      return "a path";
    } else if (type instanceof Class<?> raw && raw.isEnum()) {
      return Arrays.stream(raw.getEnumConstants())
          .map(Values::written)
          .collect(Collectors.joining(" or "));
    } else if (type instanceof ParameterizedType generic) {
      return generic.getRawType() == Map.class ? "a section by name" : "a list";
    }
    return "a text";
  }
}
