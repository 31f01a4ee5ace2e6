package sightline.bench;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import java.net.InetSocketAddress;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * The devices' connections, and the sender that follows the schedule: whenever it is called it
 * writes all that is due. Owned by the generator's thread.
 */
final class Fleet {
  private static final int MOST_CONNECTING = 50;

  /** A larger fleet shares connections: there are no more ports for as many. */
  private static final int MOST_LINKS = 5_000;

  private final Loop loop;
  private final InetSocketAddress address;
  private final @Nullable Tls tls;
  private final Wire wire;
  private final Faults faults;
  private final int devices;
  private final @Nullable Channel[] channels;
  private final Histogram lag = new Histogram(60_000_000_000L, 3);
  private @Nullable Schedule schedule;
  private @Nullable Window window;
  private int started;
  private int ready;
  private int device;
  private int sequence;
  private long dueNanos = Long.MAX_VALUE;
  private boolean ended;

  Fleet(
      Loop loop,
      InetSocketAddress address,
      int devices,
      Wire wire,
      @Nullable Tls tls,
      Faults faults) {
    this.tls = tls;
    this.loop = loop;
    this.address = address;
    this.wire = wire;
    this.faults = faults;
    this.devices = devices;
    channels = new Channel[Math.min(devices, MOST_LINKS)];
  }

  /** Opens a few connections more, while fewer than the fleet has are open. */
  void openMore() {
    while (started < channels.length && started - ready < MOST_CONNECTING) {
      int next = started++;
      ChannelFuture connected =
          loop.connect(address, tls == null ? null : tls.device(next, address), new Link());
      connected.addListener(
          done -> {
            if (done.isSuccess()) {
              channels[next] = connected.channel();
              wire.start(connected.channel(), next, () -> ready++);
            } else {
              faults.add("a device could not connect: " + done.cause().getMessage());
            }
          });
    }
  }

  boolean ready() {
    return ready == channels.length;
  }

  int readyCount() {
    return ready;
  }

  /** From now on the schedule is followed; only the window's lag is kept. */
  void follow(Schedule fixed, Window counted) {
    schedule = fixed;
    window = counted;
    device = 0;
    sequence = 0;
    dueNanos = fixed.dueNanos(0, 0);
  }

  /** The next moment at which something is to be sent. */
  long dueNanos() {
    return dueNanos;
  }

  /** Sends all that is due. */
  void sendDue() {
    if (schedule != null && window != null) {
      long now = System.nanoTime();
      while (dueNanos <= now && dueNanos < window.endNanos()) {
        send(schedule, window, now);
        now = System.nanoTime();
      }
    }
  }

  private void send(Schedule fixed, Window counted, long now) {
    if (counted.counts(dueNanos)) {
      lag.recordValue(Math.min(now - dueNanos, lag.getHighestTrackableValue()));
    }
    Channel channel = channels[device % channels.length];
    if (channel != null && channel.isWritable()) {
      ByteBuf publish = channel.alloc().buffer(256);
      wire.publish(publish, device, sequence, fixed.timestamp(device, sequence));
      Channels.send(channel, publish);
    } else {
      faults.add("a device could not send");
    }
    if (++device == devices) {
      device = 0;
      sequence++;
    }
    dueNanos = fixed.dueNanos(device, sequence);
  }

  /** Nanoseconds between the moment that a position was due and its being written. */
  Histogram lag() {
    return lag;
  }

  void close() {
    ended = true;
    dueNanos = Long.MAX_VALUE;
    for (Channel channel : channels) {
      if (channel != null) {
        Channels.close(channel);
      }
    }
  }

  private final class Link extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
      ReferenceCountUtil.release(message);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
      if (!ended) {
        faults.add("a device's connection was closed");
      }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
      if (!ended) {
        faults.add("a device failed: " + cause.getMessage());
      }
      Channels.close(ctx.channel());
    }
  }
}
