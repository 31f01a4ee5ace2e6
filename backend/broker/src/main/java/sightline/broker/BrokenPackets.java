package sightline.broker;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.mqtt.MqttMessage;

/**
 * Counts, by its client, the packet for which Artemis ends a connection without a word. Owned by
 * the connection's event loop.
 */
final class BrokenPackets extends ChannelInboundHandlerAdapter {
  private final String clientId;
  private final Refusals refusals;

  BrokenPackets(String clientId, Refusals refusals) {
    this.clientId = clientId;
    this.refusals = refusals;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (message instanceof MqttMessage packet && packet.decoderResult().isFailure()) {
      DecoderResult result = packet.decoderResult();
      boolean large = result.cause() instanceof TooLongFrameException;
      refusals.add(
          large ? Refusals.Reason.TOO_LARGE : Refusals.Reason.MALFORMED,
          clientId,
          String.valueOf(result.cause().getMessage()));
    }
    context.fireChannelRead(message);
  }
}
