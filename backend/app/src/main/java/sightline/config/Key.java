package sightline.config;

import java.lang.reflect.Type;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One setting.
 *
 * @param path its sections and name, as `gateway.port`
 * @param type what its value must be
 * @param fallback the program's own value
 */
public record Key(String path, Type type, @Nullable Object fallback) {
  /** The variable that sets it, as `SIGHTLINE_GATEWAY_PORT`. */
  public String variable() {
    return Variables.PREFIX + path.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT);
  }

  /** Whether its value is never shown. */
  public boolean secret() {
    return path.endsWith("password") || path.endsWith("secret") || path.endsWith("token");
  }

  /** Its own value as it is written in a file. */
  public String fallbackText() {
    return new YamlText().scalar(fallback);
  }

  /** What it takes, for a person. */
  public String allowed() {
    return Values.allowed(type);
  }

  /** A record component's name as a key: `flushAfter` is `flush-after`. */
  static String named(String component) {
    StringBuilder key = new StringBuilder();
    for (int i = 0; i < component.length(); i++) {
      char c = component.charAt(i);
      if (Character.isUpperCase(c) && !key.isEmpty()) {
        key.append('-');
      }
      key.append(Character.toLowerCase(c));
    }
    return key.toString();
  }
}
