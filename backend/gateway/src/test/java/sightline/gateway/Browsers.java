package sightline.gateway;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.Set;
import sightline.time.RoleClock;

/** Browsers without a network, for what the hub thinks of them. Owned by the test. */
final class Browsers implements AutoCloseable {
  private final EmbeddedChannel channel =
      new EmbeddedChannel(new ChannelInboundHandlerAdapter() {});
  private final GatewayMetrics metrics = new GatewayMetrics(new SimpleMeterRegistry());
  private final RoleClock clock;
  private final Hub hub;

  Browsers(Hub hub, RoleClock clock) {
    this.hub = hub;
    this.clock = clock;
  }

  LiveSession at(String address) {
    LoopFanout loop =
        new LoopFanout(
            0, channel.eventLoop(), ByteBufAllocator.DEFAULT, LiveSettings.DEFAULT, metrics, clock);
    return new LiveSession(
        channel.pipeline().firstContext(), loop, hub, Wire.JSON, Login.OPEN, address);
  }

  GatewayMetrics metrics() {
    return metrics;
  }

  static Newcomer asks(LiveSession session, String device) {
    ViewKey key = ViewKey.rooms(Permission.LOCAL, Set.of(device));
    return Newcomer.of(session, key, null, false, null);
  }

  @Override
  public void close() {
    channel.finishAndReleaseAll();
  }
}
