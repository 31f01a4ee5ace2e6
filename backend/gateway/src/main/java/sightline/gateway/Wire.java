package sightline.gateway;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** How devices are written to a browser: the subprotocol of its WebSocket. Any thread. */
enum Wire {
  /** Everything as JSON text. */
  JSON("sightline.v1.json"),
  /** Snapshots, updates and removals in binary, the rest as JSON text. */
  BINARY("sightline.v1.bin");

  private final String subprotocol;

  Wire(String subprotocol) {
    this.subprotocol = subprotocol;
  }

  String subprotocol() {
    return subprotocol;
  }

  /** What all of them are called. */
  static List<String> subprotocols() {
    return List.of(JSON.subprotocol, BINARY.subprotocol);
  }

  /** The one that was agreed on; none is JSON. */
  static Wire of(@Nullable String subprotocol) {
    return BINARY.subprotocol.equals(subprotocol) ? BINARY : JSON;
  }
}
