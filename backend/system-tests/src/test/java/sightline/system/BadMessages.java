package sightline.system;

import java.util.List;
import java.util.Random;

/** Text that a browser should not send, by a seed. Stateless. */
final class BadMessages {
  private static final List<String> VALUES =
      List.of(
          "null",
          "true",
          "7",
          "-1",
          "1e999",
          "NaN",
          "\"\"",
          "\"all\"",
          "\"\\u0000\"",
          "\"\\ud800\"",
          "[]",
          "[1]",
          "[\"a/b\"]",
          "[\"+\",\"#\"]",
          "{}",
          "{\"since\":7}",
          "{\"since\":\"x\"}",
          "{\"since\":\"e1-zzzzzzzzzzzzzzzz\"}",
          "{\"bbox\":[1,2,3],\"zoom\":1}",
          "{\"bbox\":[9,9,-9,-9],\"zoom\":99}",
          "[".repeat(200) + "]".repeat(200),
          "\"" + "x".repeat(20_000) + "\"");
  private static final List<String> KEYS =
      List.of("type", "devices", "events", "view", "n", "visible", "pins", "x", "\\u0000");
  private static final List<String> TYPES =
      List.of("subscribe", "drawn", "visible", "snapshot", "__proto__", "");

  private BadMessages() {}

  static String next(Random random) {
    StringBuilder message =
        new StringBuilder("{\"type\":\"").append(one(TYPES, random)).append('"');
    for (int i = random.nextInt(4); i > 0; i--) {
      message.append(",\"").append(one(KEYS, random)).append("\":").append(one(VALUES, random));
    }
    message.append('}');
    if (random.nextInt(4) == 0) {
      message.setLength(random.nextInt(message.length()));
    }
    return message.toString();
  }

  private static String one(List<String> of, Random random) {
    return of.get(random.nextInt(of.size()));
  }
}
