package sightline.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import sightline.protocol.CloseCode;

/** Control frames from server to client, and the end of a connection. Any thread, but its loop. */
final class ControlFrames {
  private static final long GOODBYE_MILLIS = 1_000;
  private static final ByteBuf PING =
      Unpooled.unreleasableBuffer(
          Unpooled.directBuffer(2).writeByte(0x89).writeByte(0).asReadOnly());

  private ControlFrames() {}

  static ByteBuf ping() {
    return PING.duplicate();
  }

  static ByteBuf close(CloseCode code) {
    byte[] reason = code.reason().getBytes(StandardCharsets.US_ASCII);
    return Unpooled.buffer(4 + reason.length)
        .writeByte(0x88)
        .writeByte(2 + reason.length)
        .writeShort(code.code())
        .writeBytes(reason);
  }

  /** Sends a close frame; the connection goes when the other side answers, or after a moment. */
  static void closeSoon(Channel channel, ChannelHandlerContext out, CloseCode code) {
    var _ = out.writeAndFlush(close(code), channel.voidPromise());
    Runnable cut =
        () -> {
          var _ = channel.close();
        };
    var goodbye = channel.eventLoop().schedule(cut, GOODBYE_MILLIS, TimeUnit.MILLISECONDS);
    channel.closeFuture().addListener(closed -> goodbye.cancel(false));
  }
}
