package sightline.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * What a started system says of itself once it is ready.
 *
 * @param http where its page and WebSocket are
 * @param mqtt where its broker is
 */
record ReadyFile(long pid, InetSocketAddress http, InetSocketAddress mqtt) {
  /** Reads {@code {"pid":…,"http":PORT,"mqtt":PORT}}. */
  static ReadyFile read(Path file) throws IOException {
    Map<String, String> fields = new HashMap<>();
    try (JsonParser parser = new JsonFactory().createParser(file.toFile())) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        parser.nextToken();
        fields.put(name, parser.getText());
      }
    }
    String pid = fields.get("pid");
    if (pid == null) {
      throw new IOException("the ready file lacks pid: " + file);
    }
    return new ReadyFile(Long.parseLong(pid), address(fields, "http"), address(fields, "mqtt"));
  }

  private static InetSocketAddress address(Map<String, String> fields, String name)
      throws IOException {
    String port = fields.get(name);
    if (port == null) {
      throw new IOException("the ready file lacks the port of " + name + ": " + fields);
    }
    return new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), Integer.parseInt(port));
  }
}
