package sightline.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Writes settings as YAML that can be read back, one key a line; used by one thread, once. */
final class YamlText {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9/._][A-Za-z0-9/._+-]*");
  private static final int COMMENT_COLUMN = 44;

  private final ObjectMapper json = new ObjectMapper();
  private final StringBuilder text = new StringBuilder();
  private List<String> open = List.of();

  String write(Bound<?> bound) {
    bound
        .values()
        .forEach(
            (path, value) -> {
              List<String> names = List.of(path.split("\\."));
              enter(names.subList(0, names.size() - 1));
              Key key = bound.schema().keys().get(path);
              boolean hidden = key != null && key.secret() && value.value() != null;
              line(names, hidden ? "\"(set)\"" : scalar(value.value()), value.origin());
            });
    return text.toString();
  }

  private void enter(List<String> sections) {
    for (int i = 0; i < sections.size(); i++) {
      boolean isOpen = open.size() > i && open.subList(0, i + 1).equals(sections.subList(0, i + 1));
      if (!isOpen) {
        text.append("  ".repeat(i)).append(sections.get(i)).append(":\n");
      }
    }
    open = sections;
  }

  private void line(List<String> names, String value, Origin origin) {
    String line = "  ".repeat(names.size() - 1) + names.getLast() + ": " + value;
    text.append(line).append(" ".repeat(Math.max(1, COMMENT_COLUMN - line.length())));
    text.append("# ").append(origin).append('\n');
  }

  /** A value in YAML's flow style, which is JSON but for plain words. */
  String scalar(@Nullable Object value) {
    return switch (value) {
      case null -> "";
      case String word when !PLAIN.matcher(word).matches() -> quoted(word);
      case Duration duration -> Durations.format(duration);
      case Enum<?> constant -> Values.written(constant);
      case List<?> list -> json(list.stream().map(this::plain).toList());
      case Map<?, ?> map -> json(plain(map));
      case Object other ->
          PLAIN.matcher(other.toString()).matches() ? other.toString() : quoted(other.toString());
    };
  }

  private Object plain(@Nullable Object value) {
    return switch (value) {
      case null -> "";
      case Number number -> number;
      case Boolean bool -> bool;
      case Duration duration -> Durations.format(duration);
      case Enum<?> constant -> Values.written(constant);
      case Map<?, ?> map -> {
        Map<String, Object> sorted = new TreeMap<>();
        map.forEach((key, each) -> sorted.put(String.valueOf(key), plain(each)));
        yield sorted;
      }
      case List<?> list -> {
        List<Object> items = new ArrayList<>();
        list.forEach(each -> items.add(plain(each)));
        yield items;
      }
      case Record record -> fields(record);
      default -> value.toString();
    };
  }

  private Map<String, Object> fields(Record record) {
    Map<String, Object> fields = new LinkedHashMap<>();
    for (RecordComponent component : record.getClass().getRecordComponents()) {
      Object value = Records.get(record, component);
      Key key = new Key(Key.named(component.getName()), component.getGenericType(), value);
      fields.put(key.path(), key.secret() ? "(set)" : plain(value));
    }
    return fields;
  }

  private String quoted(String word) {
    return json(word);
  }

  private String json(Object value) {
    try {
      return json.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("can't write " + value, e);
    }
  }
}
