package sightline.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** RFC 6455, right and wrong, and messages that are none, beside someone who must not notice. */
@Tag("slow")
final class BadWebSocketTest {
  private static final long SEED = 20_260_102;
  private static final int GARBAGE = 200;
  private static final int MESSAGES = 400;
  private static final String REJECTED = "sightline_gateway_rejected_total";

  @TempDir private Path folder;
  private Up up;
  private Bystander bystander;

  @BeforeEach
  void start() throws Exception {
    up = new Up(folder, Map.of());
    bystander = new Bystander(up);
  }

  @AfterEach
  void stop() throws Exception {
    bystander.close();
    up.close();
  }

  @Test
  void everyFrameIsAnsweredAsTheRfcSays() throws Exception {
    Tally tally = new Tally("WebSocket frames");
    List<String> wrong = new ArrayList<>();
    for (FrameCase each : FrameCase.all()) {
      String got = answer(each);
      tally.add(each.name().replaceAll("[ ,]*(of |from |with )?[0-9a-f]*[0-9]+.*", " …"), got);
      if (!right(each, got)) {
        wrong.add(each.name() + ": " + got);
      }
    }
    Map<String, Integer> counted = Tally.difference(Map.of(), up.samples(REJECTED));
    tally.print(counted);
    System.out.printf("  %d cases, %d failed%n", FrameCase.all().size(), wrong.size());
    assertEquals(List.of(), wrong);
    assertEquals(
        count(FrameCase.PROTOCOL_ERROR) + count(FrameCase.DROPPED),
        counted.getOrDefault("{reason=\"frame-1002\"}", 0)
            + counted.getOrDefault("{reason=\"frame-1007\"}", 0));
    assertEquals(
        count(FrameCase.INVALID_TEXT), counted.getOrDefault("{reason=\"message-not-utf8\"}", 0));
    bystander.wasUndisturbed();
    bystander.fallSilent();
    up.stopsCleanly();
  }

  private static int count(int answer) {
    return (int) FrameCase.all().stream().filter(each -> each.answer() == answer).count();
  }

  private static boolean right(FrameCase each, String got) {
    return switch (each.answer()) {
      case FrameCase.PONGED -> got.equals("pong");
      case FrameCase.TAKEN -> got.equals("snapshot");
      case FrameCase.COMPLAINED -> got.equals("error");
      case FrameCase.DROPPED -> got.equals("gone") || got.equals("closed with 1002");
      case FrameCase.RETURNED -> got.equals("closed with " + said(each));
      default -> got.equals("closed with " + each.answer());
    };
  }

  /** The code in a client's close frame; 0 where it has none. */
  private static int said(FrameCase each) {
    byte[] bytes = each.bytes();
    boolean none = (bytes[1] & 0x7f) == 0;
    return none ? 0 : (((bytes[6] ^ bytes[2]) & 0xff) << 8) | ((bytes[7] ^ bytes[3]) & 0xff);
  }

  private String answer(FrameCase each) throws IOException {
    try (RawWebSocket client = new RawWebSocket(up.httpPort())) {
      try {
        client.say(each.bytes());
      } catch (SocketException e) {
        // It has heard enough; what it answered is still to be read.
      }
      return switch (each.answer()) {
        case FrameCase.PONGED -> client.await(RawWebSocket.PONG).opcode() < 0 ? "gone" : "pong";
        case FrameCase.TAKEN -> message(client, "snapshot");
        case FrameCase.COMPLAINED -> message(client, "error");
        default -> closed(client);
      };
    }
  }

  /** The type once it comes, or the end. */
  private static String message(RawWebSocket client, String type) throws IOException {
    while (true) {
      RawWebSocket.Frame frame = client.await(RawWebSocket.TEXT);
      if (frame.opcode() < 0) {
        return "gone";
      }
      if (frame.text().startsWith("{\"type\":\"" + type + "\"")) {
        assertFalse(frame.text().contains("Exception"), frame.text());
        return type;
      }
    }
  }

  private static String closed(RawWebSocket client) throws IOException {
    RawWebSocket.Frame close = client.await(RawWebSocket.CLOSE);
    if (close.opcode() < 0) {
      return "gone";
    }
    try {
      client.say(RawWebSocket.frame(0x88, new byte[0]));
    } catch (SocketException e) {
      // It did not wait for our goodbye.
    }
    boolean ended = client.await(RawWebSocket.CLOSE).opcode() < 0;
    return ended ? "closed with " + close.code() : "not ended";
  }

  @Test
  void garbageAfterTheHandshakeEndsItsOwnConnectionAlone() throws Exception {
    Random random = new Random(SEED);
    int ended = 0;
    for (int i = 0; i < GARBAGE; i++) {
      byte[] bytes = new byte[1 + random.nextInt(4_000)];
      random.nextBytes(bytes);
      // Never a frame that only waits for more: an unmasked one is wrong at once.
      bytes[0] |= 0x70;
      try (RawWebSocket client = new RawWebSocket(up.httpPort())) {
        client.say(bytes);
        ended += bytes.length < 2 || !closed(client).equals("not ended") ? 1 : 0;
      } catch (SocketException e) {
        ended++;
      }
    }
    System.out.printf("WebSocket garbage, seed %d: %d of %d ended%n", SEED, ended, GARBAGE);
    assertEquals(GARBAGE, ended);
    bystander.wasUndisturbed();
    bystander.fallSilent();
    up.stopsCleanly();
  }

  @Test
  void messagesThatAreNoneAreCountedAndToldWithoutATrace() throws Exception {
    Random random = new Random(SEED);
    Tally tally = new Tally("WebSocket messages, seed " + SEED);
    for (int i = 0; i < MESSAGES; i++) {
      try (RawWebSocket client = new RawWebSocket(up.httpPort())) {
        byte[] message = BadMessages.next(random).getBytes(StandardCharsets.UTF_8);
        client.say(RawWebSocket.frame(0x81, message));
        tally.add("fuzzed", message(client, "error"));
      }
    }
    Map<String, Integer> counted = Tally.difference(Map.of(), up.samples(REJECTED));
    tally.print(counted);
    assertEquals(MESSAGES, tally.of("error"));
    assertEquals(MESSAGES, counted.values().stream().mapToInt(Integer::intValue).sum());
    bystander.wasUndisturbed();
    bystander.fallSilent();
    up.stopsCleanly();
  }
}
