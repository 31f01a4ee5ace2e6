package sightline.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import sightline.gateway.RawClient.Frame;

/** RFC 6455, right and wrong. */
final class FramesTest {
  private static final byte[] SUBSCRIBE =
      "{\"type\":\"subscribe\",\"devices\":\"all\"}".getBytes(StandardCharsets.UTF_8);

  @TempDir static Path directory;
  private static Rig rig;

  @BeforeAll
  static void open() {
    rig = new Rig(directory);
    rig.publish(Rig.device("dev-1", 43.7, 7.4, 10));
    rig.start();
  }

  @AfterAll
  static void close() {
    rig.close();
  }

  private static RawClient live() throws IOException {
    return RawClient.live(rig.port());
  }

  private static int closeCode(RawClient client) throws IOException {
    Frame close = client.await(RawClient.CLOSE);
    assertEquals(RawClient.CLOSE, close.opcode(), "the end came without a close frame");
    client.frame(true, RawClient.CLOSE, new byte[0]);
    assertTrue(client.isGone());
    return close.closeCode();
  }

  @Test
  void theHandshakeIsAnsweredAsTheRfcSays() throws IOException {
    try (RawClient client = new RawClient(rig.port())) {
      client.say(
          RawClient.handshake("/live", "Sec-WebSocket-Protocol: other, sightline.v1.json\r\n"));
      String head = client.head().toLowerCase(Locale.ROOT);
      assertTrue(head.contains("sec-websocket-accept: s3pplmbitxaq9kygzzhzrbk+xoo="), head);
      assertTrue(head.contains("sec-websocket-protocol: sightline.v1.json"), head);
    }
  }

  @Test
  void aMessageInFragmentsWithAPingBetweenThemIsOneMessage() throws IOException {
    try (RawClient client = live()) {
      client.frame(false, RawClient.TEXT, Arrays.copyOfRange(SUBSCRIBE, 0, 5));
      client.frame(true, RawClient.PING, "between".getBytes(StandardCharsets.UTF_8));
      client.frame(false, 0, Arrays.copyOfRange(SUBSCRIBE, 5, 20));
      client.frame(true, 0, Arrays.copyOfRange(SUBSCRIBE, 20, SUBSCRIBE.length));
      assertEquals("between", client.await(RawClient.PONG).text());
      client.message("snapshot");
    }
  }

  @Test
  void framesThatComeWithTheHandshakeAreNotLost() throws IOException {
    try (RawClient client = new RawClient(rig.port())) {
      byte[] head = RawClient.handshake("/live", "").getBytes(StandardCharsets.US_ASCII);
      byte[] all = Arrays.copyOf(head, head.length + 6 + SUBSCRIBE.length);
      all[head.length] = (byte) 0x81;
      all[head.length + 1] = (byte) (0x80 | SUBSCRIBE.length);
      System.arraycopy(SUBSCRIBE, 0, all, head.length + 6, SUBSCRIBE.length);
      client.say(all);
      assertTrue(client.head().startsWith("HTTP/1.1 101 "));
      client.message("snapshot");
    }
  }

  @Test
  void aMessageByteByByteIsOneMessage() throws IOException {
    try (RawClient client = live()) {
      ByteArrayOutputStream whole = new ByteArrayOutputStream();
      whole.write(0x81);
      whole.write(0x80 | SUBSCRIBE.length);
      whole.writeBytes(new byte[4]);
      whole.writeBytes(SUBSCRIBE);
      for (byte one : whole.toByteArray()) {
        client.say(new byte[] {one});
      }
      client.message("snapshot");
    }
  }

  @Test
  void aCloseIsAnsweredWithItsCodeAndTheConnectionEnds() throws IOException {
    try (RawClient client = live()) {
      client.frame(true, RawClient.CLOSE, new byte[] {0x03, (byte) 0xe8});
      assertEquals(1000, client.await(RawClient.CLOSE).closeCode());
      assertTrue(client.isGone());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "81,false",
    "c1,true",
    "a1,true",
    "91,true",
    "83,true",
    "8b,true",
    "80,true",
    "09,true"
  })
  void aFrameThatTheRfcForbidsEndsTheConnectionWith1002(String first, boolean masked)
      throws IOException {
    try (RawClient client = live()) {
      client.frame(Integer.parseInt(first, 16), masked, "x".getBytes(StandardCharsets.UTF_8));
      assertEquals(1002, closeCode(client));
    }
  }

  @Test
  void aPingOver125BytesEndsTheConnectionWith1002() throws IOException {
    try (RawClient client = live()) {
      client.frame(true, RawClient.PING, new byte[126]);
      assertEquals(1002, closeCode(client));
    }
  }

  @Test
  void aNewMessageInsideAnotherEndsTheConnectionWith1002() throws IOException {
    try (RawClient client = live()) {
      client.frame(false, RawClient.TEXT, SUBSCRIBE);
      client.frame(true, RawClient.TEXT, SUBSCRIBE);
      assertEquals(1002, closeCode(client));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 999, 1004, 1005, 1006, 1016, 2999})
  void aCloseCodeThatMayNotBeSentEndsTheConnectionAndIsCounted(int code) throws IOException {
    try (RawClient client = live()) {
      double before = rig.counted("sightline.gateway.rejected", "reason", "frame-1002");
      client.frame(true, RawClient.CLOSE, new byte[] {(byte) (code >> 8), (byte) code});
      assertTrue(client.isGone());
      Await.until(
          () -> rig.counted("sightline.gateway.rejected", "reason", "frame-1002") == before + 1);
    }
  }

  @Test
  void aBinaryMessageEndsTheConnectionWith1003() throws IOException {
    try (RawClient client = live()) {
      client.frame(true, RawClient.BINARY, SUBSCRIBE);
      assertEquals(1003, closeCode(client));
    }
  }

  @Test
  void textThatIsNotUtf8EndsTheConnectionWith1007() throws IOException {
    try (RawClient client = live()) {
      client.frame(true, RawClient.TEXT, new byte[] {'"', (byte) 0xc3, '"'});
      assertEquals(1007, closeCode(client));
    }
  }

  @Test
  void aFrameOverTheBoundEndsTheConnectionWith1009() throws IOException {
    try (RawClient client = live()) {
      client.frame(true, RawClient.TEXT, new byte[70_000]);
      assertEquals(1009, client.await(RawClient.CLOSE).closeCode());
    }
  }

  @Test
  void aMessageOverTheBoundInFragmentsEndsTheConnectionWith1009() throws IOException {
    try (RawClient client = live()) {
      client.frame(false, RawClient.TEXT, new byte[40_000]);
      client.frame(false, 0, new byte[40_000]);
      assertEquals(1009, client.await(RawClient.CLOSE).closeCode());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "{}",
        "[]",
        "{\"type\":\"subscribe\"}",
        "{\"type\":\"subscribe\",\"devices\":[\"a/b\"]}",
        "{\"type\":\"subscribe\",\"devices\":\"all\",\"devices\":\"all\"}",
        "{\"type\":\"drawn\",\"n\":\"1\"}",
        "{\"type\":\"subscribe\",\"devices\":\"all\",\"events\":{\"since\":\"nonsense\"}}",
        "{\"type\":\"unheard-of\"}"
      })
  void whatIsNotUnderstoodIsSaidAndTheConnectionGoesOn(String message) throws IOException {
    try (RawClient client = live()) {
      client.text(message);
      assertTrue(client.message("error").contains("\"code\":\"bad-message\""));
      client.frame(true, RawClient.TEXT, SUBSCRIBE);
      client.message("snapshot");
    }
  }

  @Test
  void tooManyMessagesThatAreNotUnderstoodEndTheConnection() throws IOException {
    try (RawClient client = live()) {
      for (int i = 0; i < LiveSettings.DEFAULT.badMessages(); i++) {
        client.text("x");
      }
      assertEquals(4400, closeCode(client));
      assertTrue(rig.counted("sightline.gateway.rejected", "reason", "message-malformed") > 0);
    }
  }

  @Test
  void deepNestingIsRefusedAndNobodyElseIsDisturbed() throws Exception {
    try (LiveClient other = rig.liveAll();
        RawClient client = live()) {
      client.text("{\"type\":" + "[".repeat(20_000));
      client.message("error");
      rig.publish(Rig.device("dev-1", 45, 7, 1));
      other.await("update");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Sec-WebSocket-Protocol: sightline.v9|400",
        "Origin: https://evil.example|403",
        "Origin: null|403",
        "Origin: http://localhost.evil.example|403",
        "Host: evil.example|403"
      })
  void aHandshakeFromElsewhereOrForSomethingElseIsRefused(String field, int status)
      throws IOException {
    try (RawClient client = new RawClient(rig.port())) {
      String request = RawClient.handshake("/live", field + "\r\n");
      client.say(field.startsWith("Host") ? request.replace("Host: 127.0.0.1\r\n", "") : request);
      String head = client.head();
      assertTrue(head.startsWith("HTTP/1.1 " + status + " "), head);
      assertFalse(head.contains("Sec-WebSocket-Accept"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://localhost:5173", "http://127.0.0.1:8080", "http://[::1]:9"})
  void aPageOnLoopbackMayOpenIt(String origin) throws IOException {
    try (RawClient client = new RawClient(rig.port())) {
      client.say(RawClient.handshake("/live", "Origin: " + origin + "\r\n"));
      assertTrue(client.head().startsWith("HTTP/1.1 101 "));
    }
  }

  @Test
  void anotherVersionIsToldWhichOneIsSpoken() throws IOException {
    try (RawClient client = new RawClient(rig.port())) {
      client.say(RawClient.handshake("/live", "").replace("Version: 13", "Version: 8"));
      String head = client.head();
      assertTrue(head.startsWith("HTTP/1.1 426 "), head);
      assertTrue(head.toLowerCase(Locale.ROOT).contains("sec-websocket-version: 13"));
    }
  }
}
