package sightline.redis;

import java.nio.charset.StandardCharsets;

/** The names in Redis. Immutable. */
final class Keys {
  final byte[] head;
  final byte[] devices;
  final byte[] pending;
  final byte[] stream;
  final byte[] unreadable;
  final byte[] lease;
  final byte[] token;
  final byte[] probe;
  final byte[] gateways;
  final byte[] channel;

  Keys(String prefix) {
    String start = "{" + prefix + "}:";
    head = bytes(start + "hot");
    devices = bytes(start + "devices");
    pending = bytes(start + "pending");
    stream = bytes(start + "positions");
    unreadable = bytes(start + "unreadable");
    lease = bytes(start + "lease");
    token = bytes(start + "token");
    probe = bytes(start + "probe");
    gateways = bytes(start + "gateways");
    channel = bytes(start + "live");
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static byte[] bytes(long number) {
    return bytes(Long.toString(number));
  }

  static String text(Object bytes) {
    return new String((byte[]) bytes, StandardCharsets.UTF_8);
  }

  static long number(Object bytes) {
    return Long.parseLong(text(bytes));
  }
}
