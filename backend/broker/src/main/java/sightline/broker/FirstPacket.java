package sightline.broker;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Lets a connection in once it has said a whole CONNECT, and ends it at the first byte that can't
 * be of one. Owned by the connection's event loop.
 */
final class FirstPacket extends ChannelInboundHandlerAdapter {
  private static final int CONNECT = 0x10;
  private static final int MOST_LENGTH_BYTES = 4;

  private final Handshakes handshakes;
  private final Refusals refusals;
  private final Admission admission;
  private @Nullable ByteBuf received;
  private @Nullable Future<?> deadline;

  /** Takes over a connection that has said its CONNECT. */
  interface Admission {
    /**
     * On the connection's event loop; both buffers are the callee's to release.
     *
     * @param connect the whole packet
     * @param rest what came behind it
     */
    void admit(ChannelHandlerContext context, String clientId, ByteBuf connect, ByteBuf rest);
  }

  FirstPacket(Handshakes handshakes, Refusals refusals, Admission admission) {
    this.handshakes = handshakes;
    this.refusals = refusals;
    this.admission = admission;
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    Channel oldest = handshakes.begin(context.channel());
    if (oldest != null) {
      refusals.add(
          Refusals.Reason.TOO_MANY,
          Handshakes.address(oldest),
          "too many connections have said no CONNECT, and it was the oldest");
      var _ = oldest.close();
    }
    long millis = handshakes.bounds().within().toMillis();
    deadline =
        context
            .executor()
            .schedule(
                () ->
                    refuse(context, Refusals.Reason.SILENT, "no CONNECT within " + millis + " ms"),
                millis,
                TimeUnit.MILLISECONDS);
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (!(message instanceof ByteBuf bytes) || !context.channel().isActive()) {
      ReferenceCountUtil.release(message);
      return;
    }
    // Copied: what is read comes in a buffer of 2 KiB or more, whatever it holds.
    ByteBuf all = received == null ? context.alloc().buffer(bytes.readableBytes()) : received;
    received = all;
    all.writeBytes(bytes);
    bytes.release();
    look(context, all);
  }

  private void look(ChannelHandlerContext context, ByteBuf all) {
    if (all.getUnsignedByte(0) != CONNECT) {
      refuse(context, Refusals.Reason.NOT_MQTT, "it does not begin with a CONNECT");
      return;
    }
    int length = 0;
    for (int i = 0; i < MOST_LENGTH_BYTES; i++) {
      if (all.readableBytes() < 2 + i) {
        return;
      }
      int digit = all.getByte(1 + i);
      length |= (digit & 0x7f) << (7 * i);
      if (digit >= 0) {
        whole(context, all, 2 + i, length);
        return;
      }
    }
    refuse(context, Refusals.Reason.NOT_MQTT, "its length is none");
  }

  private void whole(ChannelHandlerContext context, ByteBuf all, int header, int length) {
    if (length > handshakes.bounds().connectBytes()) {
      refuse(context, Refusals.Reason.TOO_LARGE, "a CONNECT of " + length + " bytes");
    } else if (all.readableBytes() >= header + length) {
      String clientId = clientId(all.slice(header, length));
      if (clientId == null) {
        refuse(context, Refusals.Reason.NOT_MQTT, "its CONNECT is none");
      } else {
        admit(context, clientId, all, header + length);
      }
    }
  }

  private void admit(ChannelHandlerContext context, String clientId, ByteBuf all, int length) {
    received = null;
    cancelDeadline();
    ByteBuf connect = all.readRetainedSlice(length);
    admission.admit(context, clientId, connect, all);
  }

  /** Of a CONNECT's variable header and payload; null where there is none to be read. */
  private static @Nullable String clientId(ByteBuf in) {
    try {
      String protocol = text(in);
      if (!protocol.equals("MQTT") && !protocol.equals("MQIsdp")) {
        return null;
      }
      int level = in.readUnsignedByte();
      in.skipBytes(3);
      if (level == 5) {
        int length = 0;
        int digit = 0x80;
        for (int i = 0; i < MOST_LENGTH_BYTES && (digit & 0x80) != 0; i++) {
          digit = in.readUnsignedByte();
          length |= (digit & 0x7f) << (7 * i);
        }
        in.skipBytes(length);
      }
      return text(in);
    } catch (IndexOutOfBoundsException e) {
      return null;
    }
  }

  private static String text(ByteBuf in) {
    return in.readCharSequence(in.readUnsignedShort(), StandardCharsets.UTF_8).toString();
  }

  private void refuse(ChannelHandlerContext context, Refusals.Reason reason, String detail) {
    release();
    refusals.add(reason, Handshakes.address(context.channel()), detail);
    var _ = context.close();
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    release();
    context.fireChannelInactive();
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    release();
    handshakes.end(context.channel());
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    // Reset by its peer before it was a client.
    var _ = context.close();
  }

  private void release() {
    cancelDeadline();
    if (received != null) {
      received.release();
      received = null;
    }
  }

  private void cancelDeadline() {
    if (deadline != null) {
      deadline.cancel(false);
      deadline = null;
    }
  }
}
