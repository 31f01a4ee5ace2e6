package sightline.drill;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * What a browser shows of positions: the newest of each device, and how old each was when it came.
 * For any thread; its lock is itself.
 */
final class Shown {
  private static final byte[] ID = bytes("{\"id\":\"");
  private static final byte[] TIMESTAMP = bytes("\"timestamp\":");

  @GuardedBy("this")
  private final Map<String, Long> newestMillis = new HashMap<>();

  @GuardedBy("this")
  private Ages ages = new Ages();

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * Reads the objects of a snapshot or an update, in which the id comes first and the time second.
   *
   * @param counts whether how old they are counts
   */
  synchronized void read(byte[] message, boolean counts, long nowMillis) {
    int at = next(message, ID, 0);
    while (at >= 0) {
      int end = at;
      while (message[end] != '"') {
        end++;
      }
      String id = new String(message, at, end - at, StandardCharsets.US_ASCII);
      int digits = next(message, TIMESTAMP, end);
      if (digits < 0) {
        return;
      }
      long millis = 0;
      for (int i = digits; message[i] >= '0' && message[i] <= '9'; i++) {
        millis = millis * 10 + message[i] - '0';
      }
      Long before = newestMillis.put(id, millis);
      if (counts && (before == null || before < millis)) {
        ages.add(nowMillis - millis);
      }
      at = next(message, ID, digits);
    }
  }

  /** Behind the next occurrence, or −1. */
  private static int next(byte[] message, byte[] what, int from) {
    outer:
    for (int i = from; i <= message.length - what.length; i++) {
      for (int k = 0; k < what.length; k++) {
        if (message[i + k] != what[k]) {
          continue outer;
        }
      }
      return i + what.length;
    }
    return -1;
  }

  /** How old positions were when they came, since this was asked last. */
  synchronized Ages takeAges() {
    Ages taken = ages;
    ages = new Ages();
    return taken;
  }

  /** Adds how old each device's shown position is at this moment. */
  synchronized void sample(String prefix, long nowMillis, Ages into) {
    newestMillis.forEach(
        (id, millis) -> {
          if (id.startsWith(prefix)) {
            into.add(nowMillis - millis);
          }
        });
  }

  /** How many devices of a prefix show a position of this span of time, epoch ms. */
  synchronized int within(String prefix, long fromMillis, long toMillis) {
    int count = 0;
    for (Map.Entry<String, Long> each : newestMillis.entrySet()) {
      boolean inside = each.getValue() >= fromMillis && each.getValue() <= toMillis;
      count += inside && each.getKey().startsWith(prefix) ? 1 : 0;
    }
    return count;
  }

  /** The newest of each device. */
  synchronized Map<String, Long> newest() {
    return new HashMap<>(newestMillis);
  }

  /** Whether nothing that it shows is older than this. */
  synchronized boolean reaches(Map<String, Long> picture) {
    for (Map.Entry<String, Long> each : picture.entrySet()) {
      if (newestMillis.getOrDefault(each.getKey(), 0L) < each.getValue()) {
        return false;
      }
    }
    return true;
  }
}
