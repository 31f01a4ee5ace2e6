package sightline.bench;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.List;

/**
 * Cuts a device's bytes into publishes: two bytes of length, then JSON. Owned by the floor's loop.
 */
final class FloorPublishes extends ByteToMessageDecoder {
  private final FloorFan fan;

  FloorPublishes(FloorFan fan) {
    this.fan = fan;
  }

  @Override
  protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
    while (in.readableBytes() >= 2
        && in.readableBytes() >= 2 + in.getUnsignedShort(in.readerIndex())) {
      fan.publish(in, in.readUnsignedShort());
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    Channels.close(ctx.channel());
  }
}
