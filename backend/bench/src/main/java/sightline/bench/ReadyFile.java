package sightline.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.file.Path;

/**
 * What a started system says of itself once it is ready.
 *
 * @param http the port of its page and WebSocket
 * @param mqtt the port of its broker
 */
record ReadyFile(long pid, int http, int mqtt) {
  /** Reads {@code {"pid":…,"http":…,"mqtt":…}}; ports may be given as numbers or as host:port. */
  static ReadyFile read(Path file) throws IOException {
    long pid = 0;
    int http = 0;
    int mqtt = 0;
    try (JsonParser parser = new JsonFactory().createParser(file.toFile())) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        parser.nextToken();
        switch (name) {
          case "pid" -> pid = parser.getLongValue();
          case "http" -> http = port(parser);
          case "mqtt" -> mqtt = port(parser);
          default -> parser.skipChildren();
        }
      }
    }
    if (pid == 0 || http == 0 || mqtt == 0) {
      throw new IOException("the ready file lacks pid, http or mqtt: " + file);
    }
    return new ReadyFile(pid, http, mqtt);
  }

  private static int port(JsonParser parser) throws IOException {
    if (parser.currentToken().isNumeric()) {
      return parser.getIntValue();
    }
    String text = parser.getText();
    String digits = text.replaceFirst("/.*$", "").replaceFirst(".*:", "");
    return Integer.parseInt(digits);
  }
}
