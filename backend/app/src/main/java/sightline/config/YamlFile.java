package sightline.config;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads a settings file into {@link Node}s that know their lines; owned by the calling thread. */
final class YamlFile {
  private static final int MAX_DEPTH = 16;
  private static final YAMLFactory FACTORY = new YAMLFactory();

  private final Path file;
  private final JsonParser parser;

  private YamlFile(Path file, JsonParser parser) {
    this.file = file;
    this.parser = parser;
  }

  /**
   * The file's one document; an empty file is an empty section.
   *
   * @throws ConfigException where it can't be read, is not YAML, has a key twice or is no section
   */
  static Node.Section read(Path file) {
    try (JsonParser parser = FACTORY.createParser(Files.readString(file))) {
      return new YamlFile(file, parser).document();
    } catch (NoSuchFileException e) {
      throw new ConfigException("There is no settings file " + file + ".");
    } catch (JsonProcessingException e) {
      int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
      String problem = e.getOriginalMessage().lines().findFirst().orElse("unreadable");
      throw new ConfigException(file + ":" + line + ": not YAML: " + problem + ".");
    } catch (IOException e) {
      throw new ConfigException("The settings file " + file + " can't be read: " + e.getMessage());
    }
  }

  private Node.Section document() throws IOException {
    JsonToken first = parser.nextToken();
    if (first == null || first == JsonToken.VALUE_NULL) {
      return new Node.Section(Map.of(), here());
    }
    if (first != JsonToken.START_OBJECT) {
      throw new ConfigException(here() + ": a settings file is sections with keys, as `gateway:`.");
    }
    Node.Section section = section(1);
    if (parser.nextToken() != null) {
      throw new ConfigException(here() + ": a settings file holds one document.");
    }
    return section;
  }

  private Node value(int depth) throws IOException {
    if (depth > MAX_DEPTH) {
      throw new ConfigException(here() + ": nested more than " + MAX_DEPTH + " deep.");
    }
    return switch (parser.currentToken()) {
      case START_OBJECT -> section(depth);
      case START_ARRAY -> sequence(depth);
      case VALUE_NULL -> new Node.Scalar("", here());
      default -> new Node.Scalar(parser.getText(), here());
    };
  }

  private Node.Section section(int depth) throws IOException {
    Origin origin = here();
    Map<String, Node.Entry> entries = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      Origin keyOrigin = here();
      String key = parser.currentName();
      parser.nextToken();
      Node.Entry earlier = entries.put(key, new Node.Entry(keyOrigin, value(depth + 1)));
      if (earlier != null) {
        throw new ConfigException(
            keyOrigin + ": " + key + " is set twice, first at " + earlier.keyOrigin() + ".");
      }
    }
    return new Node.Section(entries, origin);
  }

  private Node.Sequence sequence(int depth) throws IOException {
    Origin origin = here();
    List<Node> items = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      items.add(value(depth + 1));
    }
    return new Node.Sequence(items, origin);
  }

  private Origin here() {
    return new Origin.Line(file, Math.max(1, parser.currentTokenLocation().getLineNr()));
  }
}
