package sightline.drill;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.random.RandomGenerator;

/** Payloads and topics as broken firmware sends them. Stateless. */
final class Rubbish {
  private static final List<String> TOPICS =
      List.of("location", "status", "events", "acks", "nothing", "location/more", "");

  private static final List<String> TEXTS =
      List.of(
          "",
          "[]",
          "{}",
          "null",
          "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]",
          "[null]",
          "[1,2,3]",
          "{\"timestamp\":1,\"timestamp\":2,\"lat\":1,\"lon\":1}",
          "{\"timestamp\":NaN,\"lat\":1,\"lon\":1}",
          "{\"timestamp\":1e400,\"lat\":1,\"lon\":1}",
          "{\"timestamp\":-1,\"lat\":91,\"lon\":181}",
          "{\"timestamp\":9999999999999999999,\"lat\":1,\"lon\":1}",
          "{\"timestamp\":\"yesterday\",\"lat\":{},\"lon\":[]}",
          "{\"online\":\"maybe\"}",
          "{\"online\":true,\"battery\":\"full\",\"name\":{}}",
          "{\"id\":7,\"type\":true}",
          "{\"type\":\"\",\"severity\":[]}",
          "{\"type\":\"alert\",\"severity\":\"CRITICAL\",\"data\":\"\\ud800\"}",
          "{\"id\":\"x\\u0000y\",\"type\":\"alert\"}",
          "{\"id\":\"b-1\",\"locations\":7}");

  private Rubbish() {}

  /** The part of a topic behind the id. */
  static String topic(RandomGenerator random) {
    return TOPICS.get(random.nextInt(TOPICS.size()));
  }

  static byte[] payload(RandomGenerator random) {
    return switch (random.nextInt(6)) {
      case 0 -> bytes(random, random.nextInt(64));
      case 1 -> bytes(random, 16_000 + random.nextInt(4_000));
      case 2 -> truncated(random);
      case 3 -> "{\"timestamp\":1,\"lat\":1,\"lon\":1}".getBytes(StandardCharsets.UTF_16);
      default -> TEXTS.get(random.nextInt(TEXTS.size())).getBytes(StandardCharsets.UTF_8);
    };
  }

  private static byte[] bytes(RandomGenerator random, int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private static byte[] truncated(RandomGenerator random) {
    String whole = TEXTS.get(random.nextInt(TEXTS.size()));
    return whole.substring(0, random.nextInt(whole.length() + 1)).getBytes(StandardCharsets.UTF_8);
  }
}
