package sightline.bench;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ManualIoEventLoop;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.SocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One event loop that the calling thread drives itself, so that sending on time and reading share
 * one thread and no answer waits for a hand-over. Owned by the thread that made it.
 */
final class Loop implements AutoCloseable {
  /** The handler of whoever opened the connection. */
  static final String LAST = "last";

  /** The most that one read takes. */
  static final int READ_BYTES = 65_536;

  /** A sleep ends this much before something is due; the rest is spent polling. */
  private static final long SPIN_NANOS = 120_000;

  private static final long LONGEST_SLEEP_NANOS = 10_000_000;
  private static final int CONNECT_MILLIS = 10_000;

  private final ManualIoEventLoop events;
  private final Bootstrap bootstrap;

  Loop() {
    boolean epoll = Epoll.isAvailable();
    IoHandlerFactory factory = epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
    Class<? extends Channel> channel = epoll ? EpollSocketChannel.class : NioSocketChannel.class;
    events = new ManualIoEventLoop(Thread.currentThread(), factory);
    bootstrap =
        new Bootstrap()
            .group(events)
            .channel(channel)
            .option(ChannelOption.TCP_NODELAY, true)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
            .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(READ_BYTES));
  }

  /**
   * Opens a connection.
   *
   * @param tls what encrypts it, where something does
   * @param handler the last of its pipeline, by the name of {@link #LAST}
   */
  ChannelFuture connect(
      SocketAddress address, @Nullable ChannelHandler tls, ChannelHandler handler) {
    return last(tls, handler).connect(address);
  }

  /** The same from an address of this machine's. */
  ChannelFuture connectFrom(SocketAddress from, SocketAddress address, ChannelHandler handler) {
    return last(null, handler).connect(address, from);
  }

  private Bootstrap last(@Nullable ChannelHandler tls, ChannelHandler handler) {
    return bootstrap
        .clone()
        .handler(
            new ChannelInitializer<Channel>() {
              @Override
              protected void initChannel(Channel channel) {
                if (tls != null) {
                  channel.pipeline().addLast(tls);
                }
                channel.pipeline().addLast(LAST, handler);
              }
            });
  }

  void later(Runnable task, long delay, TimeUnit unit) {
    var _ = events.schedule(task, delay, unit);
  }

  /**
   * One turn: sends what is due, then handles what has come, waiting for it while nothing is due.
   */
  void turn(Fleet fleet, long untilNanos) {
    fleet.sendDue();
    long now = System.nanoTime();
    long next = Math.min(fleet.dueNanos(), untilNanos);
    long sleep = Math.min(next - now - SPIN_NANOS, LONGEST_SLEEP_NANOS);
    if (sleep > 0) {
      events.run(sleep);
    } else {
      events.runNow();
    }
  }

  /** Turns until then, and says so. */
  void drive(Fleet fleet, long untilNanos, Progress progress, String what) {
    while (System.nanoTime() < untilNanos) {
      turn(fleet, untilNanos);
      progress.tick(what, untilNanos - System.nanoTime());
    }
  }

  /**
   * Handles what comes until the condition holds.
   *
   * @throws TimeoutException at the deadline, by {@link System#nanoTime}
   */
  void await(BooleanSupplier condition, Runnable each, long deadlineNanos, String what)
      throws TimeoutException {
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadlineNanos) {
        throw new TimeoutException(what);
      }
      each.run();
      events.run(LONGEST_SLEEP_NANOS);
    }
  }

  @Override
  public void close() {
    var _ = events.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    while (!events.isTerminated()) {
      events.runNow();
    }
  }
}
