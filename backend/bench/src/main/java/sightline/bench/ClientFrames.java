package sightline.bench;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/** A browser's own frames: whole, masked, at most 64 KiB. Stateless. */
final class ClientFrames {
  static final int TEXT = 1;
  static final int BINARY = 2;
  static final int CLOSE = 8;
  static final int PING = 9;
  static final int PONG = 10;

  private static final byte[] MASK = {0x37, (byte) 0xfa, 0x21, 0x3d};

  private ClientFrames() {}

  static ByteBuf frame(ByteBufAllocator allocator, int opcode, byte[] payload, int length) {
    if (length > 0xffff) {
      throw new IllegalArgumentException("a client's frame of " + length + " bytes");
    }
    ByteBuf frame = allocator.buffer(length + 8);
    frame.writeByte(0x80 | opcode);
    if (length < 126) {
      frame.writeByte(0x80 | length);
    } else {
      frame.writeByte(0x80 | 126).writeShort(length);
    }
    frame.writeBytes(MASK);
    for (int at = 0; at < length; at++) {
      frame.writeByte(payload[at] ^ MASK[at & 3]);
    }
    return frame;
  }
}
