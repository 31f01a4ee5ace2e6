package sightline.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import sightline.protocol.ClientJson;
import sightline.protocol.ClientMessage;
import sightline.protocol.ClientMessage.Scope;
import sightline.protocol.CloseCode;
import sightline.protocol.RejectedPayload;

/** What a browser sends: messages, pings, its goodbye, or rubbish. Owned by its event loop. */
final class LiveHandler extends SimpleChannelInboundHandler<WebSocketFrame> {
  /** A map that is dragged asks a few times a second; what comes faster is not a person's. */
  private static final int SUBSCRIPTIONS_A_SECOND = 20;

  private static final int SUBSCRIPTIONS_AT_ONCE = 100;

  private final LiveSession session;
  private final LiveSettings settings;
  private final GatewayMetrics metrics;
  private final Permission permission;
  private final TokenBucket messages;
  private final TokenBucket subscriptions;
  private int badMessages;

  LiveHandler(
      LiveSession session, LiveSettings settings, GatewayMetrics metrics, Permission permission) {
    this.session = session;
    this.settings = settings;
    this.metrics = metrics;
    this.permission = permission;
    int rate = settings.messagesPerSecond();
    messages = new TokenBucket(rate, rate * 2.0, session.nanos());
    subscriptions = new TokenBucket(SUBSCRIPTIONS_A_SECOND, SUBSCRIPTIONS_AT_ONCE, session.nanos());
  }

  @Override
  protected void channelRead0(ChannelHandlerContext ctx, WebSocketFrame frame) {
    long now = session.nanos();
    session.liveness().read(now);
    if (frame instanceof CloseWebSocketFrame close) {
      answerClose(ctx, close);
      return;
    }
    if (session.closing() || frame instanceof PongWebSocketFrame) {
      return;
    }
    if (!messages.take(now)) {
      bad("too-many-messages", "more than " + settings.messagesPerSecond() + " messages a second");
      return;
    }
    switch (frame) {
      case TextWebSocketFrame text -> text(text.content());
      case PingWebSocketFrame ping -> {
        if (ctx.channel().isWritable()) {
          var _ = ctx.writeAndFlush(new PongWebSocketFrame(ping.content().retain()));
        }
      }
      case BinaryWebSocketFrame binary -> session.close(CloseCode.UNSUPPORTED);
      default -> session.close(CloseCode.PROTOCOL_ERROR);
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    session.writabilityChanged();
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    session.end();
    ctx.fireChannelInactive();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    SocketFaults.end(ctx, cause, metrics, session::close);
  }

  private void answerClose(ChannelHandlerContext ctx, CloseWebSocketFrame close) {
    if (session.closing()) {
      var _ = ctx.close();
      return;
    }
    metrics.closed("by-client");
    ctx.writeAndFlush(close.retainedDuplicate()).addListener(ChannelFutureListener.CLOSE);
  }

  private void text(ByteBuf content) {
    byte[] bytes = ByteBufUtil.getBytes(content);
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
    } catch (CharacterCodingException e) {
      metrics.rejected("message-not-utf8");
      session.close(CloseCode.INVALID_TEXT);
      return;
    }
    try {
      message(ClientJson.parse(bytes));
    } catch (RejectedPayload e) {
      bad("message-" + e.reason().wireName(), e.getMessage());
    } catch (BadRequest e) {
      bad("message-out-of-range", e.getMessage());
    }
  }

  private void message(ClientMessage message) throws BadRequest {
    switch (message) {
      case ClientMessage.Subscribe subscribe -> subscribe(subscribe);
      case ClientMessage.Drawn drawn -> session.drawn(drawn.n());
      case ClientMessage.Visible visible -> session.visible(visible.visible());
    }
  }

  private void subscribe(ClientMessage.Subscribe subscribe) throws BadRequest {
    String cursor = subscribe.events().since();
    Long since = cursor == null ? null : Long.valueOf(Cursors.seq(cursor));
    switch (subscribe.scope()) {
      case Scope.All all -> subscribe(ViewKey.all(permission), null, subscribe, since);
      case Scope.Rooms rooms -> {
        ViewKey key = ViewKey.rooms(permission, named(rooms.devices()));
        subscribe(key, null, subscribe, since);
      }
      case Scope.View view -> {
        ViewKey key = ViewKey.area(permission, named(view.pins()));
        subscribe(key, Area.of(view), subscribe, since);
      }
    }
  }

  private Set<String> named(List<String> devices) throws BadRequest {
    if (devices.size() > settings.roomDevices()) {
      throw new BadRequest("at most " + settings.roomDevices() + " devices by name");
    }
    return Set.copyOf(devices);
  }

  private void subscribe(
      ViewKey key, @Nullable Area area, ClientMessage.Subscribe subscribe, @Nullable Long since) {
    if (!subscriptions.take(session.nanos())) {
      bad(
          "too-many-subscriptions",
          "more than " + SUBSCRIPTIONS_A_SECOND + " subscriptions a second");
      return;
    }
    if (!session.subscribe(Newcomer.of(session, key, area, subscribe.events().wanted(), since))) {
      bad("too-many-names", "browsers name too many devices together");
    }
  }

  private void bad(String reason, @Nullable String detail) {
    metrics.rejected(reason);
    badMessages++;
    if (badMessages >= settings.badMessages()) {
      session.close(CloseCode.BAD_MESSAGES);
    } else {
      session.tell(Refusals.badMessage(detail == null ? reason : detail));
    }
  }
}
