package sightline.broker;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.mqtt.MqttDecoder;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyAcceptor;
import org.jspecify.annotations.Nullable;

/**
 * The MQTT port. Artemis's own acceptor would speak HTTP and WebSocket there, so that any page
 * could be a client, and takes packets of 256 MB; this one gives it only what has said a CONNECT,
 * and reads with the broker's packet bound. Opened and closed by one thread; connections are their
 * event loops'.
 */
final class Doorway {
  private static final int LOOPS = 2;
  private static final int BACKLOG = 1_024;
  private static final int STOP_MILLIS = 2_000;

  private final BrokerSettings settings;
  private final Handshakes handshakes;
  private final Refusals refusals;
  private final ChannelGroup open = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
  private @Nullable EventLoopGroup loops;
  private @Nullable Channel listening;

  Doorway(BrokerSettings settings, Handshakes handshakes, Refusals refusals) {
    this.settings = settings;
    this.handshakes = handshakes;
    this.refusals = refusals;
  }

  /**
   * Listens, and hands clients to an acceptor that has started.
   *
   * @throws BrokerNotStarted where the port can't be had
   */
  void open(NettyAcceptor acceptor) throws BrokerNotStarted {
    boolean epoll = Epoll.isAvailable();
    EventLoopGroup group =
        new MultiThreadIoEventLoopGroup(
            LOOPS,
            new DefaultThreadFactory("mqtt-port", true),
            epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
    loops = group;
    Class<? extends ServerChannel> type =
        epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
    var bound =
        new ServerBootstrap()
            .group(group)
            .channel(type)
            .option(ChannelOption.SO_BACKLOG, BACKLOG)
            .option(ChannelOption.SO_REUSEADDR, true)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.SO_KEEPALIVE, true)
            .childHandler(
                new ChannelInitializer<>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    open.add(channel);
                    channel
                        .pipeline()
                        .addLast(
                            new FirstPacket(
                                handshakes,
                                refusals,
                                (context, clientId, connect, rest) ->
                                    admit(acceptor, context, clientId, connect, rest)));
                  }
                })
            .bind(new InetSocketAddress(settings.bind(), settings.port()))
            .awaitUninterruptibly();
    if (!bound.isSuccess()) {
      throw new BrokerNotStarted(
          "the MQTT broker can't listen on " + settings.bind() + ":" + settings.port(),
          bound.cause());
    }
    listening = bound.channel();
  }

  /** The TCP port; 0 where it is not open. */
  int port() {
    Channel channel = listening;
    return channel != null && channel.localAddress() instanceof InetSocketAddress at
        ? at.getPort()
        : 0;
  }

  private void admit(
      NettyAcceptor acceptor,
      ChannelHandlerContext context,
      String clientId,
      ByteBuf connect,
      ByteBuf rest) {
    ChannelPipeline pipeline = context.pipeline();
    acceptor.transfer(context.channel());
    context.fireChannelRead(connect);
    MqttDecoder unbounded = pipeline.get(MqttDecoder.class);
    if (unbounded == null) {
      rest.release();
      refusals.add(Refusals.Reason.NOT_MQTT, Handshakes.address(context.channel()), "no MQTT");
      var _ = context.close();
      return;
    }
    // Artemis makes one for 256 MB. What the client's version is, the channel knows.
    pipeline.replace(unbounded, "packets", new MqttDecoder(settings.maxPacketBytes()));
    pipeline.addAfter("packets", "broken", new BrokenPackets(clientId, refusals));
    if (rest.isReadable()) {
      context.fireChannelRead(rest);
    } else {
      rest.release();
    }
    context.fireChannelReadComplete();
    pipeline.remove(context.handler());
  }

  /** Takes no more connections; those that stand stay. */
  void shut() {
    Channel channel = listening;
    if (channel != null) {
      channel.close().awaitUninterruptibly(STOP_MILLIS);
    }
  }

  /** Ends what is left, within 2 s. */
  void close() {
    shut();
    open.close().awaitUninterruptibly(STOP_MILLIS);
    EventLoopGroup group = loops;
    if (group != null) {
      group
          .shutdownGracefully(0, STOP_MILLIS, TimeUnit.MILLISECONDS)
          .awaitUninterruptibly(STOP_MILLIS);
    }
  }
}
