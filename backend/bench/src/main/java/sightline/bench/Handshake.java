package sightline.bench;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** The HTTP side of opening a WebSocket, for the browsers and for the floor. Stateless. */
final class Handshake {
  /** Ends a request's and a response's head. */
  static final byte[] HEAD_END = Motion.ascii("\r\n\r\n");

  private static final String KEY = "c2lnaHRsaW5lLWJlbmNoLg==";
  private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

  private Handshake() {}

  /** What a browser at the page of that host asks for. */
  static byte[] request(String host, String path, Dialect dialect) {
    String subprotocol = dialect.subprotocol();
    return Motion.ascii(
        "GET "
            + path
            + " HTTP/1.1\r\nHost: "
            + host
            + "\r\nOrigin: http://"
            + host
            + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13"
            + "\r\nUser-Agent: Mozilla/5.0"
            + (subprotocol == null ? "" : "\r\nSec-WebSocket-Protocol: " + subprotocol)
            + "\r\nSec-WebSocket-Key: "
            + KEY
            + "\r\n\r\n");
  }

  static byte[] response() {
    return Motion.ascii(
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade"
            + "\r\nSec-WebSocket-Protocol: sightline.v1.json\r\nSec-WebSocket-Accept: "
            + accept()
            + "\r\n\r\n");
  }

  /** Whether the head of a response accepts {@link #request}. */
  static boolean accepted(String head) {
    return head.startsWith("HTTP/1.1 101 ") && head.contains(accept());
  }

  private static String accept() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-1");
      byte[] hash = digest.digest((KEY + GUID).getBytes(StandardCharsets.US_ASCII));
      return Base64.getEncoder().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this JDK has no SHA-1", e);
    }
  }
}
