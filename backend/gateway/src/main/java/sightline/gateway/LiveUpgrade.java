package sightline.gateway;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import sightline.protocol.CloseCode;
import sightline.protocol.Limits;
import sightline.protocol.ServerMessage;
import sightline.time.RoleClock;

/** Turns a request for {@code /live} into a browser's session, or refuses it. Any event loop. */
final class LiveUpgrade {
  private static final int PROTOCOL = 1;
  private static final Handshake HANDSHAKE = new Handshake("/live", Wire.subprotocols());

  private final GatewaySettings settings;
  private final Admission admission;
  private final Map<EventLoop, LoopFanout> loops;
  private final Hub hub;
  private final GatewayMetrics metrics;
  private final RoleClock clock;
  private final Beside beside;
  private final Runnable onBrowser;

  LiveUpgrade(
      GatewaySettings settings,
      Admission admission,
      Map<EventLoop, LoopFanout> loops,
      Hub hub,
      GatewayMetrics metrics,
      RoleClock clock,
      Beside beside,
      Runnable onBrowser) {
    this.settings = settings;
    this.admission = admission;
    this.loops = loops;
    this.hub = hub;
    this.metrics = metrics;
    this.clock = clock;
    this.beside = beside;
    this.onBrowser = onBrowser;
  }

  /** Why this is no handshake that we take, or null. */
  @Nullable Answer refusal(Request request) {
    Answer refused = HANDSHAKE.refusal(request, metrics::rejected);
    if (refused != null) {
      return refused;
    }
    try {
      key(request, Permission.LOCAL);
    } catch (BadRequest e) {
      metrics.rejected("handshake");
      return Answer.problem(HttpResponseStatus.BAD_REQUEST, String.valueOf(e.getMessage()));
    }
    return null;
  }

  /** Shakes hands, and seats the browser or tells it when to come back. */
  void upgrade(ChannelHandlerContext ctx, FullHttpRequest message, Request request) {
    Admission.Verdict verdict = admission.admit(clock.nanos());
    if (verdict == Admission.Verdict.CLOSE) {
      metrics.rejected("overload");
      var _ = ctx.close();
      return;
    }
    Channel channel = ctx.channel();
    Wire wire = Wire.of(HANDSHAKE.shake(channel, message));
    Login login = beside.isProbe(request) ? Login.OPEN : request.login();
    if (verdict == Admission.Verdict.COME_BACK) {
      metrics.rejected("busy");
      comeBack(channel);
    } else if (login == null) {
      metrics.rejected("signed-out");
      channel.pipeline().addLast(new Goodbye());
      ControlFrames.closeSoon(channel, channel.pipeline().firstContext(), CloseCode.SIGNED_OUT);
    } else {
      seat(channel, request, wire, login);
    }
    channel.config().setAutoRead(true);
  }

  private void comeBack(Channel channel) {
    LoopFanout loop = loopOf(channel);
    ChannelHandlerContext out = channel.pipeline().firstContext();
    long after = admission.comeBackMillis(clock.nanos());
    var _ = out.write(loop.frames().frame(new ServerMessage.Reconnect(after, "busy")));
    channel.pipeline().addLast(new Goodbye());
    ControlFrames.closeSoon(channel, out, CloseCode.BUSY);
  }

  private void seat(Channel channel, Request request, Wire wire, Login login) {
    LoopFanout loop = loopOf(channel);
    channel.pipeline().addLast(new WebSocketFrameAggregator(Limits.MAX_CLIENT_MESSAGE_BYTES));
    ChannelHandlerContext out = channel.pipeline().firstContext();
    LiveSession session = new LiveSession(out, loop, hub, wire, login, request.address());
    Permission permission = login.person().permission();
    channel.pipeline().addLast(new LiveHandler(session, settings.live(), metrics, permission));
    if (!channel.isActive()) {
      return;
    }
    session.begin();
    if (!beside.isProbe(request)) {
      onBrowser.run();
    }
    session.tell(new ServerMessage.Welcome(PROTOCOL, settings.serverName(), clock.millis()));
    session.tell(hub.health().now());
    try {
      ViewKey key = key(request, permission);
      if (key != null) {
        if (!session.subscribe(Newcomer.of(session, key, null, true, null))) {
          metrics.rejected("too-many-names");
          session.tell(Refusals.badMessage("browsers name too many devices together"));
        }
      }
    } catch (BadRequest e) {
      throw new IllegalStateException("was checked before the handshake", e);
    }
  }

  private LoopFanout loopOf(Channel channel) {
    LoopFanout loop = loops.get(channel.eventLoop());
    if (loop == null) {
      throw new IllegalStateException("the connection is on an event loop that is not ours");
    }
    return loop;
  }

  /** What the query subscribes to at once, or null. */
  private @Nullable ViewKey key(Request request, Permission permission) throws BadRequest {
    String devices = request.parameter("devices");
    if (devices == null) {
      return null;
    }
    if (devices.equals("all")) {
      return ViewKey.all(permission);
    }
    Set<String> ids = Set.copyOf(Arrays.asList(devices.split(",", -1)));
    if (ids.size() > settings.live().roomDevices() || !ids.stream().allMatch(Limits::isDeviceId)) {
      throw new BadRequest("devices must be `all` or device ids with commas between them");
    }
    if (ids.stream().anyMatch(Limits::isReserved) && !beside.isProbe(request)) {
      throw new BadRequest("ids that begin with _sightline are reserved");
    }
    return ViewKey.rooms(permission, ids);
  }
}
