package sightline.gateway;

import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpServerCodec;

/**
 * Sets a new connection up for HTTP, one request at a time, up to the bound of connections. Any
 * event loop.
 */
final class ServerPipeline extends ChannelInitializer<Channel> {
  private final HttpSettings settings;
  private final Site site;

  ServerPipeline(HttpSettings settings, Site site) {
    this.settings = settings;
    this.site = site;
  }

  @Override
  protected void initChannel(Channel channel) {
    GatewayMetrics metrics = site.metrics();
    int open = metrics.connections.incrementAndGet();
    channel.closeFuture().addListener(closed -> metrics.connections.decrementAndGet());
    if (open > settings.maxConnections()) {
      metrics.rejected("connections");
      var _ = channel.close();
      return;
    }
    HttpDeadline deadline = new HttpDeadline(settings, site);
    HttpDecoderConfig decoder =
        new HttpDecoderConfig()
            .setMaxInitialLineLength(settings.maxLineBytes())
            .setMaxHeaderSize(settings.maxHeaderBytes())
            .setMaxChunkSize(8_192);
    channel
        .pipeline()
        .addLast(deadline)
        .addLast(new HttpServerCodec(decoder))
        .addLast(new BodyBound(settings.maxBodyBytes(), metrics))
        .addLast(new HttpFront(site, deadline));
  }
}
