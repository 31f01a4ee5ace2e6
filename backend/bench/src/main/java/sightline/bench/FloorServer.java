package sightline.bench;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * The floor: one event loop that copies what devices send into WebSocket frames for every browser,
 * all that one turn of the loop has read in one frame, and knows nothing else. It is a program of
 * its own, which prints its two ports and ends with its standard input.
 */
final class FloorServer implements AutoCloseable {
  private static final int MOST_UNSENT_BYTES = 64 << 20;

  private final boolean epoll = Epoll.isAvailable();
  private final EventLoopGroup loop =
      new MultiThreadIoEventLoopGroup(
          1, epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
  private final FloorFan fan = new FloorFan(loop.next());
  private final Channel devices;
  private final Channel browsers;

  FloorServer() {
    devices = listen(() -> new FloorPublishes(fan));
    browsers = listen(() -> new FloorUpgrade(fan));
  }

  public static void main(String[] args) throws IOException {
    try (FloorServer floor = new FloorServer()) {
      System.out.println(floor.devices().getPort() + " " + floor.browsers().getPort());
      while (System.in.read() >= 0) {
        // Whoever started it holds its input open for as long as it is needed.
      }
    }
  }

  InetSocketAddress devices() {
    return (InetSocketAddress) devices.localAddress();
  }

  InetSocketAddress browsers() {
    return (InetSocketAddress) browsers.localAddress();
  }

  private Channel listen(Supplier<ChannelHandler> handler) {
    return new ServerBootstrap()
        .group(loop)
        .channel(epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class)
        .option(ChannelOption.SO_BACKLOG, 4_096)
        .childOption(ChannelOption.TCP_NODELAY, true)
        .childOption(
            ChannelOption.WRITE_BUFFER_WATER_MARK,
            new WriteBufferWaterMark(MOST_UNSENT_BYTES / 2, MOST_UNSENT_BYTES))
        .childHandler(
            new ChannelInitializer<Channel>() {
              @Override
              protected void initChannel(Channel channel) {
                channel.pipeline().addLast(handler.get());
              }
            })
        .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
        .syncUninterruptibly()
        .channel();
  }

  @Override
  public void close() {
    Channels.close(devices);
    Channels.close(browsers);
    loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
  }
}
