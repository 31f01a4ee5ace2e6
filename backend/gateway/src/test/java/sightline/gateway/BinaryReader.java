package sightline.gateway;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads one connection's binary messages by the table in docs/protocol.md, and shows them as the
 * JSON that says the same. Owned by its client.
 */
final class BinaryReader {
  private static final List<String> TYPES = List.of("", "snapshot", "update", "remove");
  private static final List<String> STATES = List.of("moving", "stopped", "stale", "offline");

  /** The devices' ids by number: never another for the same number. */
  final Map<Integer, String> ids = new HashMap<>();

  /** Numbers that were used before they were explained. */
  final List<Integer> unexplained = new ArrayList<>();

  ObjectNode read(ByteBuffer in) {
    String type = TYPES.get(in.get());
    boolean more = in.get() == 1;
    int count = in.getInt();
    long n = u48(in);
    ObjectNode message = LiveClient.JSON.createObjectNode().put("type", type).put("binary", true);
    ArrayNode devices = message.putArray("devices");
    for (int i = 0; i < count; i++) {
      if (type.equals("remove")) {
        devices.add(ids.get(in.getInt()));
      } else {
        device(in, devices.addObject());
      }
    }
    if (type.equals("snapshot")) {
      message.put("more", more);
    } else if (type.equals("update")) {
      message.put("n", n);
    }
    if (in.hasRemaining()) {
      throw new AssertionError("bytes are left over: " + in);
    }
    return message;
  }

  private void device(ByteBuffer in, ObjectNode device) {
    int number = in.getInt();
    int has = Short.toUnsignedInt(in.getShort());
    device.put("timestamp", u48(in));
    if ((has & 3) != 0) {
      device.put("received", u48(in));
    }
    if ((has & 1) != 0) {
      device.put("lat", in.getInt() / 1e7).put("lon", in.getInt() / 1e7);
      int heading = Short.toUnsignedInt(in.getShort());
      int speed = in.getInt();
      device.put("heading", heading == 0xffff ? Double.NaN : heading / 100.0);
      device.put("speed", speed == -1 ? Double.NaN : speed / 100.0);
    }
    if ((has & 4) != 0) {
      int condition = in.get();
      device.put("state", STATES.get(condition & 3));
      device.put("alarm", (condition & 4) != 0).put("skewed", (condition & 8) != 0);
    }
    if ((has & 8) != 0) {
      device.put("battery", Byte.toUnsignedInt(in.get()));
      device.put("signal", Byte.toUnsignedInt(in.get()));
    }
    if ((has & 16) != 0) {
      device.put("accuracy", in.getInt() / 10.0).put("altitude", in.getInt() / 10.0);
    }
    if ((has & 32) != 0) {
      identity(in, device, number);
    }
    String id = ids.get(number);
    if (id == null) {
      unexplained.add(number);
    }
    device.put("id", id);
  }

  private void identity(ByteBuffer in, ObjectNode device, int number) {
    String id = text(in);
    String before = ids.put(number, String.valueOf(id));
    if (before != null && !before.equals(id)) {
      throw new AssertionError(number + " was " + before + " and is now " + id);
    }
    device.put("name", text(in)).put("kind", text(in));
    ArrayNode groups = device.putArray("groups");
    for (int left = in.getShort(); left > 0; left--) {
      groups.add(text(in));
    }
  }

  private static @Nullable String text(ByteBuffer in) {
    int length = Short.toUnsignedInt(in.getShort());
    if (length == 0xffff) {
      return null;
    }
    byte[] bytes = new byte[length];
    in.get(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static long u48(ByteBuffer in) {
    return (long) Short.toUnsignedInt(in.getShort()) << 32 | Integer.toUnsignedLong(in.getInt());
  }
}
