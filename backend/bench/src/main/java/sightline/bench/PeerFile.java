package sightline.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What a started peer says of itself once it is ready.
 *
 * @param mqtt where devices connect
 * @param http where browsers open their WebSockets
 * @param pids its processes, without their children
 */
record PeerFile(InetSocketAddress mqtt, InetSocketAddress http, List<Long> pids) {
  PeerFile {
    pids = List.copyOf(pids);
  }

  /** Reads {@code {"mqtt":PORT,"http":PORT,"pids":[…]}}. */
  static PeerFile read(Path file) throws IOException {
    int mqtt = 0;
    int http = 0;
    List<Long> pids = new ArrayList<>();
    try (JsonParser parser = new JsonFactory().createParser(file.toFile())) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        parser.nextToken();
        switch (name) {
          case "mqtt" -> mqtt = parser.getIntValue();
          case "http" -> http = parser.getIntValue();
          case "pids" -> {
            while (parser.nextToken() != JsonToken.END_ARRAY) {
              pids.add(parser.getLongValue());
            }
          }
          default -> parser.skipChildren();
        }
      }
    }
    if (mqtt == 0 || http == 0 || pids.isEmpty()) {
      throw new IOException("the ready file lacks a port or the processes: " + file);
    }
    return new PeerFile(address(mqtt), address(http), pids);
  }

  private static InetSocketAddress address(int port) {
    return new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port);
  }
}
