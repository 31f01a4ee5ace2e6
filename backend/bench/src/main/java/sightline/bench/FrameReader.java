package sightline.bench;

import io.netty.buffer.ByteBuf;

/**
 * Takes a server's WebSocket frames apart as their bytes come, at any split, without garbage. Owned
 * by the generator's thread.
 */
final class FrameReader {
  private static final int FIN = 0x80;
  private static final int RESERVED = 0x70;
  private static final int MASKED = 0x80;
  private static final int CONTROL = 0x08;
  private static final int LONGEST_CONTROL = 125;

  /** Who gets what the frames hold. */
  interface Sink {
    /** A part of a message's payload, [from, to) of the array. */
    void payload(byte[] bytes, int from, int to);

    /** The message is whole. */
    void messageEnd();

    /** A close (8), ping (9) or pong (10). */
    void control(int opcode, byte[] payload, int length);
  }

  /** What the server sent is no WebSocket frame. */
  static final class BadFrame extends RuntimeException {
    private static final long serialVersionUID = 1;

    BadFrame(String message) {
      super(message);
    }
  }

  private final Sink sink;
  private final byte[] control = new byte[LONGEST_CONTROL];
  private int controlLength;
  private int headerAt;
  private int headerLength = 2;
  private int firstByte;
  private long remaining;

  FrameReader(Sink sink) {
    this.sink = sink;
  }

  /** Reads [from, to) of the array. */
  void read(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to) {
      if (headerAt < headerLength) {
        header(bytes[at++] & 0xff);
        if (headerAt == headerLength && remaining == 0) {
          frameEnd();
        }
      } else {
        int take = (int) Math.min(remaining, to - at);
        payload(bytes, at, at + take);
        at += take;
        remaining -= take;
        if (remaining == 0) {
          frameEnd();
        }
      }
    }
  }

  /** Reads headers and control frames; what messages hold is passed over, unread. */
  void skim(ByteBuf bytes) {
    while (bytes.isReadable()) {
      if (headerAt < headerLength) {
        header(bytes.readByte() & 0xff);
        if (headerAt == headerLength && remaining == 0) {
          frameEnd();
        }
      } else {
        int take = (int) Math.min(remaining, bytes.readableBytes());
        if (isControl()) {
          bytes.readBytes(control, controlLength, take);
          controlLength += take;
        } else {
          bytes.skipBytes(take);
        }
        remaining -= take;
        if (remaining == 0) {
          frameEnd();
        }
      }
    }
  }

  private void header(int value) {
    switch (headerAt) {
      case 0 -> first(value);
      case 1 -> {
        if ((value & MASKED) != 0) {
          throw new BadFrame("a server's frame is masked");
        }
        headerLength = value == 126 ? 4 : value == 127 ? 10 : 2;
        remaining = headerLength == 2 ? value : 0;
        if (isControl() && (value > LONGEST_CONTROL || (firstByte & FIN) == 0)) {
          throw new BadFrame("a control frame is too long or fragmented");
        }
      }
      default -> remaining = (remaining << 8) | value;
    }
    headerAt++;
  }

  private void first(int value) {
    int opcode = value & 0x0f;
    if ((value & RESERVED) != 0 || (opcode & ~CONTROL) > ClientFrames.BINARY) {
      throw new BadFrame("a frame begins with " + value);
    }
    firstByte = value;
  }

  private void payload(byte[] bytes, int from, int to) {
    if (isControl()) {
      System.arraycopy(bytes, from, control, controlLength, to - from);
      controlLength += to - from;
    } else {
      sink.payload(bytes, from, to);
    }
  }

  private void frameEnd() {
    if (isControl()) {
      sink.control(firstByte & 0x0f, control, controlLength);
      controlLength = 0;
    } else if ((firstByte & FIN) != 0) {
      sink.messageEnd();
    }
    headerAt = 0;
    headerLength = 2;
  }

  private boolean isControl() {
    return (firstByte & CONTROL) != 0;
  }
}
