package sightline.bench;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/**
 * Accepts a browser of the floor, whatever it asks for, and heeds nothing that it says but a close;
 * a browser's frames are short, and come whole. Owned by the floor's loop.
 */
final class FloorUpgrade extends ChannelInboundHandlerAdapter {
  private static final int SHORT_HEADER = 2;
  private static final int MASK = 4;

  private final FloorFan fan;
  private int matched;

  FloorUpgrade(FloorFan fan) {
    this.fan = fan;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    ByteBuf bytes = (ByteBuf) message;
    while (bytes.isReadable() && matched < Handshake.HEAD_END.length) {
      byte next = bytes.readByte();
      boolean expected = next == Handshake.HEAD_END[matched];
      matched = expected ? matched + 1 : next == '\r' ? 1 : 0;
      if (matched == Handshake.HEAD_END.length) {
        Channels.send(ctx.channel(), Unpooled.wrappedBuffer(Handshake.response()));
        fan.join(ctx.channel());
      }
    }
    boolean goodbye = false;
    while (bytes.readableBytes() >= SHORT_HEADER) {
      goodbye |= (bytes.readByte() & 0x0f) == ClientFrames.CLOSE;
      bytes.skipBytes(Math.min(bytes.readableBytes(), (bytes.readByte() & 0x7f) + MASK));
    }
    bytes.release();
    if (goodbye) {
      Channels.close(ctx.channel());
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    Channels.close(ctx.channel());
  }
}
