package sightline.drill;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;

/**
 * Where a started Sightline is reached, as it says itself once it is ready. Immutable.
 *
 * @param pid its process
 * @param http of the page, the API and {@code /live}
 * @param mqtt of its broker
 */
public record Endpoints(long pid, URI http, URI mqtt) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Reads {@code {"pid":…,"http":PORT,"mqtt":PORT}}; both are on loopback. */
  static Endpoints read(Path file) throws IOException {
    JsonNode ready = JSON.readTree(file.toFile());
    return new Endpoints(
        ready.path("pid").asLong(),
        URI.create("http://127.0.0.1:" + ready.path("http").asInt()),
        URI.create("mqtt://127.0.0.1:" + ready.path("mqtt").asInt()));
  }

  /** The WebSocket's address. */
  public URI live() {
    String scheme = http.getScheme().equals("https") ? "wss" : "ws";
    return URI.create(scheme + "://" + http.getAuthority() + "/live");
  }
}
