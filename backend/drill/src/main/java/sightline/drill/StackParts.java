package sightline.drill;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * The parts of a stack as its file says at one moment. Immutable.
 *
 * @param all each part
 */
record StackParts(List<Part> all) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * A part.
   *
   * @param pid its process; 0 where it has none
   * @param url where it is reached, with its password
   * @param plainUrl the broker's listener without TLS, empty for others
   * @param admin of a role's metrics and health, empty for servers
   */
  record Part(String name, long pid, String url, String plainUrl, String admin) {}

  StackParts {
    all = List.copyOf(all);
  }

  static StackParts read(Path file) throws IOException {
    List<Part> parts = new ArrayList<>();
    for (JsonNode part : JSON.readTree(file.toFile()).path("parts")) {
      parts.add(
          new Part(
              part.path("name").asText(),
              part.path("pid").asLong(),
              part.path("url").asText(),
              part.path("plainUrl").asText(),
              part.path("admin").asText()));
    }
    return new StackParts(parts);
  }

  /** Those whose name begins so. */
  List<Part> of(String kind) {
    return all.stream().filter(part -> part.name().startsWith(kind)).toList();
  }

  /** The one of a name. */
  Part named(String name) {
    return all.stream()
        .filter(part -> part.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new NoSuchElementException("the stack has no part " + name));
  }
}
