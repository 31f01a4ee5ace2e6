package sightline.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import sightline.protocol.BinaryOut;
import sightline.protocol.JsonOut;
import sightline.protocol.ServerJson;
import sightline.protocol.ServerMessage;

/**
 * Turns messages into frames from server to client (unmasked, so that one serves every browser).
 * Owned by the thread that uses it.
 */
final class Frames {
  private static final byte TEXT = (byte) 0x81;
  private static final byte BINARY = (byte) 0x82;
  private static final int MAX_HEADER = 10;

  private final ByteBufAllocator allocator;
  private final JsonOut json = new JsonOut(16 * 1024);
  private final BinaryOut binary = new BinaryOut(4 * 1024);

  Frames(ByteBufAllocator allocator) {
    this.allocator = allocator;
  }

  /** The scratch that {@link #frame()} takes from, emptied. */
  JsonOut json() {
    return json.reset();
  }

  /** The scratch that {@link #binaryFrame()} takes from. */
  BinaryOut binary() {
    return binary;
  }

  /** A new buffer with the scratch as one frame; the caller owns it. */
  ByteBuf frame() {
    ByteBuf frame = allocator.directBuffer(json.size() + MAX_HEADER);
    append(frame, TEXT, json.array(), json.size());
    return frame;
  }

  /** A new buffer with the binary scratch as one frame; the caller owns it. */
  ByteBuf binaryFrame() {
    ByteBuf frame = allocator.directBuffer(binary.size() + MAX_HEADER);
    append(frame, BINARY, binary.array(), binary.size());
    return frame;
  }

  /** One message as a frame; the caller owns it. */
  ByteBuf frame(ServerMessage message) {
    ServerJson.write(json(), message);
    return frame();
  }

  /** Appends one message as a frame. */
  void append(ByteBuf to, ServerMessage message) {
    ServerJson.write(json(), message);
    append(to, TEXT, json.array(), json.size());
  }

  private static void append(ByteBuf to, byte kind, byte[] payload, int size) {
    to.writeByte(kind);
    if (size < 126) {
      to.writeByte(size);
    } else if (size < 0x10000) {
      to.writeByte(126).writeShort(size);
    } else {
      to.writeByte(127).writeLong(size);
    }
    to.writeBytes(payload, 0, size);
  }
}
