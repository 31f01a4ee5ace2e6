package sightline.bench;

import io.netty.channel.Channel;

/**
 * Writes whose failures are told to the channel's own {@code exceptionCaught}, and closes, without
 * a future to look at. Stateless.
 */
final class Channels {
  private Channels() {}

  static void send(Channel channel, Object message) {
    var _ = channel.writeAndFlush(message, channel.voidPromise());
  }

  static void close(Channel channel) {
    var _ = channel.close();
  }
}
