package sightline.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The parts of a production path as its {@code stack.json} says. Immutable.
 *
 * @param parts each with its fields
 */
record StackFile(List<Map<String, String>> parts) {
  StackFile {
    parts = List.copyOf(parts);
  }

  static StackFile read(Path file) throws IOException {
    List<Map<String, String>> parts = new ArrayList<>();
    try (JsonParser parser = new JsonFactory().createParser(file.toFile())) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        boolean list = parser.currentName().equals("parts");
        parser.nextToken();
        while (list && parser.nextToken() == JsonToken.START_OBJECT) {
          parts.add(fields(parser));
        }
        parser.skipChildren();
      }
    }
    return new StackFile(parts);
  }

  private static Map<String, String> fields(JsonParser parser) throws IOException {
    Map<String, String> fields = new HashMap<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      if (parser.nextToken().isScalarValue()) {
        fields.put(name, parser.getText());
      } else {
        parser.skipChildren();
      }
    }
    return fields;
  }

  /** Every part's process, gateways first. */
  List<Long> pids() {
    return parts.stream()
        .sorted(Comparator.comparing(part -> !name(part).startsWith("gateway")))
        .map(part -> Long.valueOf(part.getOrDefault("pid", "0")))
        .filter(pid -> pid > 0)
        .toList();
  }

  /**
   * A part's process.
   *
   * @throws IOException where it has none now
   */
  long pid(String part) throws IOException {
    return parts.stream()
        .filter(each -> name(each).equals(part))
        .mapToLong(each -> Long.parseLong(each.getOrDefault("pid", "0")))
        .filter(pid -> pid > 0)
        .findFirst()
        .orElseThrow(() -> new IOException("the stack's " + part + " has no process"));
  }

  /**
   * Where a part listens.
   *
   * @param field {@code url} or {@code plainUrl}
   * @throws IOException where the stack has no such part or address
   */
  InetSocketAddress address(String part, String field) throws IOException {
    for (Map<String, String> each : parts) {
      String url = each.get(field);
      if (name(each).equals(part) && url != null) {
        return new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), URI.create(url).getPort());
      }
    }
    throw new IOException("the stack's " + part + " has no " + field);
  }

  private static String name(Map<String, String> part) {
    return part.getOrDefault("name", "");
  }
}
