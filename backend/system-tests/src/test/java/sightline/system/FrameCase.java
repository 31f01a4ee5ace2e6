package sightline.system;

import static sightline.system.RawWebSocket.BINARY;
import static sightline.system.RawWebSocket.CLOSE;
import static sightline.system.RawWebSocket.CONTINUATION;
import static sightline.system.RawWebSocket.PING;
import static sightline.system.RawWebSocket.PONG;
import static sightline.system.RawWebSocket.TEXT;
import static sightline.system.RawWebSocket.frame;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What a client says after the handshake, and how it must be answered: the subjects of Autobahn's
 * groups 1 to 7, for a server that is no echo. Immutable.
 */
final class FrameCase {
  /** Answered with a pong of the same bytes. */
  static final int PONGED = -1;

  /** Taken as a message: its subscription is answered. */
  static final int TAKEN = -2;

  /** Told that the message was bad, and nothing worse. */
  static final int COMPLAINED = -3;

  /** Closed with 1002, or without a close frame: its own was broken. */
  static final int DROPPED = -4;

  /** Closed with the code that it said, as a goodbye is. */
  static final int RETURNED = -5;

  static final int PROTOCOL_ERROR = 1002;
  private static final int FIN = 0x80;
  private static final int UNSUPPORTED = 1003;
  static final int INVALID_TEXT = 1007;
  private static final int TOO_LARGE = 1009;
  private static final byte[] NONE = {};
  private static final byte[] SUBSCRIBE = utf8("{\"type\":\"subscribe\",\"devices\":\"all\"}");

  private final String name;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final int answer;

  private FrameCase(String name, int answer, byte[]... frames) {
    this.name = name;
    this.answer = answer;
    for (byte[] each : frames) {
      bytes.writeBytes(each);
    }
  }

  /** What it is about. */
  String name() {
    return name;
  }

  byte[] bytes() {
    return bytes.toByteArray();
  }

  /** A close code that only a broken rule gives, or one of the constants. */
  int answer() {
    return answer;
  }

  static List<FrameCase> all() {
    List<FrameCase> cases = new ArrayList<>();
    messages(cases);
    pings(cases);
    reserved(cases);
    fragments(cases);
    text(cases);
    closes(cases);
    return cases;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static void messages(List<FrameCase> cases) {
    cases.add(new FrameCase("a message", TAKEN, frame(FIN | TEXT, SUBSCRIBE)));
    cases.add(new FrameCase("an empty message", COMPLAINED, frame(FIN | TEXT, NONE)));
    for (int size : new int[] {125, 126, 127, 128, 65_535, 65_536}) {
      byte[] text = utf8("x".repeat(size));
      cases.add(new FrameCase("text of " + size, COMPLAINED, frame(FIN | TEXT, text)));
      cases.add(new FrameCase("binary of " + size, UNSUPPORTED, frame(FIN | BINARY, text)));
    }
    byte[] tooLarge = frame(FIN | TEXT, utf8("x".repeat(1 << 20)));
    cases.add(
        new FrameCase("the head of a frame of 1 MiB", TOO_LARGE, Arrays.copyOf(tooLarge, 14)));
    cases.add(
        new FrameCase("text of 65537", TOO_LARGE, frame(FIN | TEXT, utf8("x".repeat(65_537)))));
    cases.add(new FrameCase("no mask", PROTOCOL_ERROR, frame(FIN | TEXT, SUBSCRIBE, false)));
    byte[] half = utf8("x".repeat(40_000));
    cases.add(
        new FrameCase(
            "two fragments of 80,000 bytes",
            TOO_LARGE,
            frame(TEXT, half),
            frame(FIN | CONTINUATION, half)));
  }

  private static void pings(List<FrameCase> cases) {
    for (int size : new int[] {0, 1, 125}) {
      byte[] payload = new byte[size];
      Arrays.fill(payload, (byte) 'p');
      cases.add(new FrameCase("ping of " + size, PONGED, frame(FIN | PING, payload)));
    }
    cases.add(new FrameCase("ping of 126", PROTOCOL_ERROR, frame(FIN | PING, new byte[126])));
    cases.add(
        new FrameCase(
            "pong that nobody asked for",
            TAKEN,
            frame(FIN | PONG, utf8("so")),
            frame(FIN | TEXT, SUBSCRIBE)));
    byte[][] ten = new byte[10][];
    Arrays.fill(ten, frame(FIN | PING, utf8("p")));
    cases.add(new FrameCase("ten pings at once", PONGED, ten));
  }

  private static void reserved(List<FrameCase> cases) {
    for (int bits = 1; bits <= 7; bits++) {
      for (int opcode : new int[] {TEXT, PING, CLOSE}) {
        cases.add(
            new FrameCase(
                "reserved bits " + bits + ", opcode " + opcode,
                PROTOCOL_ERROR,
                frame(FIN | bits << 4 | opcode, NONE)));
      }
    }
    for (int opcode : new int[] {3, 4, 5, 6, 7, 11, 12, 13, 14, 15}) {
      for (byte[] payload : new byte[][] {NONE, utf8("what")}) {
        cases.add(
            new FrameCase(
                "opcode " + opcode + " of " + payload.length,
                PROTOCOL_ERROR,
                frame(FIN | opcode, payload)));
      }
    }
  }

  private static void fragments(List<FrameCase> cases) {
    byte[] first = Arrays.copyOf(SUBSCRIBE, 9);
    byte[] rest = Arrays.copyOfRange(SUBSCRIBE, 9, SUBSCRIBE.length);
    for (int control : new int[] {PING, PONG, CLOSE}) {
      cases.add(
          new FrameCase(
              "opcode " + control + " in fragments",
              PROTOCOL_ERROR,
              frame(control, NONE),
              frame(FIN | CONTINUATION, NONE)));
    }
    cases.add(
        new FrameCase(
            "a message in two", TAKEN, frame(TEXT, first), frame(FIN | CONTINUATION, rest)));
    cases.add(
        new FrameCase(
            "a message in three with a ping between",
            TAKEN,
            frame(TEXT, first),
            frame(FIN | PING, utf8("p")),
            frame(CONTINUATION, NONE),
            frame(FIN | CONTINUATION, rest)));
    for (int fin : new int[] {0, FIN}) {
      cases.add(
          new FrameCase(
              "a continuation of nothing" + (fin == 0 ? ", to go on" : ""),
              PROTOCOL_ERROR,
              frame(fin | CONTINUATION, first),
              frame(FIN | TEXT, SUBSCRIBE)));
    }
    cases.add(
        new FrameCase(
            "a new message inside of one",
            PROTOCOL_ERROR,
            frame(TEXT, first),
            frame(FIN | TEXT, SUBSCRIBE)));
    byte[][] bytewise = new byte[SUBSCRIBE.length][];
    for (int i = 0; i < bytewise.length; i++) {
      int head = (i == 0 ? TEXT : CONTINUATION) | (i == bytewise.length - 1 ? FIN : 0);
      bytewise[i] = frame(head, new byte[] {SUBSCRIBE[i]});
    }
    cases.add(new FrameCase("a message byte by byte", TAKEN, bytewise));
  }

  private static void text(List<FrameCase> cases) {
    String kosme = "κόσμε \ud83d\ude80 \uffff \ud800\udc00";
    cases.add(new FrameCase("good UTF-8", COMPLAINED, frame(FIN | TEXT, utf8(kosme))));
    byte[] split = utf8("κόσμε");
    cases.add(
        new FrameCase(
            "a character over two fragments",
            COMPLAINED,
            frame(TEXT, Arrays.copyOf(split, 3)),
            frame(FIN | CONTINUATION, Arrays.copyOfRange(split, 3, split.length))));
    int[][] bad = {
      {0x80},
      {0xbf},
      {0xc0, 0x80},
      {0xc0, 0xaf},
      {0xc1, 0xbf},
      {0xc3},
      {0xc3, 0x28},
      {0xe0, 0x80, 0xaf},
      {0xe2, 0x82},
      {0xed, 0xa0, 0x80},
      {0xed, 0xbf, 0xbf},
      {0xf0, 0x80, 0x80, 0xaf},
      {0xf0, 0x9f, 0x9a},
      {0xf4, 0x90, 0x80, 0x80},
      {0xf5, 0x80, 0x80, 0x80},
      {0xf8, 0x88, 0x80, 0x80, 0x80},
      {0xfc, 0x84, 0x80, 0x80, 0x80, 0x80},
      {0xfe},
      {0xff}
    };
    for (int[] codes : bad) {
      byte[] text = new byte[codes.length + 2];
      Arrays.fill(text, (byte) 'a');
      for (int i = 0; i < codes.length; i++) {
        text[i + 1] = (byte) codes[i];
      }
      cases.add(
          new FrameCase(
              "bad UTF-8, from " + Integer.toHexString(codes[0]),
              INVALID_TEXT,
              frame(FIN | TEXT, text)));
    }
  }

  private static byte[] code(int code, String reason) {
    byte[] text = utf8(reason);
    byte[] payload = new byte[2 + text.length];
    payload[0] = (byte) (code >> 8);
    payload[1] = (byte) code;
    System.arraycopy(text, 0, payload, 2, text.length);
    return payload;
  }

  private static void closes(List<FrameCase> cases) {
    // The last two are nobody's, which the RFC does not forbid to answer.
    for (int good :
        new int[] {
          1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 3000, 4999, 5000, 65_535
        }) {
      cases.add(
          new FrameCase("close with " + good, RETURNED, frame(FIN | CLOSE, code(good, "so long"))));
    }
    cases.add(new FrameCase("close with a long reason", RETURNED, close("y".repeat(123))));
    cases.add(new FrameCase("close without a code", RETURNED, frame(FIN | CLOSE, NONE)));
    for (int bad : new int[] {0, 999, 1004, 1005, 1006, 1016, 1100, 2000, 2999}) {
      cases.add(new FrameCase("close with bad " + bad, DROPPED, frame(FIN | CLOSE, code(bad, ""))));
    }
    cases.add(new FrameCase("close of one byte", DROPPED, frame(FIN | CLOSE, new byte[1])));
    cases.add(new FrameCase("close of 126 bytes", DROPPED, close("y".repeat(124))));
    byte[] reason = code(1000, "xx");
    reason[3] = (byte) 0xff;
    cases.add(
        new FrameCase("close with a reason that is no UTF-8", DROPPED, frame(FIN | CLOSE, reason)));
    cases.add(
        new FrameCase(
            "a message behind the close", RETURNED, close(""), frame(FIN | TEXT, SUBSCRIBE)));
  }

  private static byte[] close(String reason) {
    return frame(FIN | CLOSE, code(1000, reason));
  }
}
