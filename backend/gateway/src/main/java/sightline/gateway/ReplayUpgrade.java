package sightline.gateway;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import sightline.bus.BusUnavailable;
import sightline.bus.DeviceRecord;
import sightline.gateway.PastDevice.DeviceIdentity;
import sightline.history.EventLog;
import sightline.history.HistoryUnavailable;
import sightline.history.PositionStore;
import sightline.protocol.CloseCode;
import sightline.protocol.Limits;
import sightline.protocol.ServerMessage;
import sightline.time.RoleClock;

/**
 * Turns a request for {@code /replay} into a replay, up to a bound of them, or refuses it. Any
 * event loop; the thread that closes the gateway closes it.
 */
final class ReplayUpgrade {
  static final String PATH = "/replay";
  private static final int PROTOCOL = 1;
  private static final Handshake HANDSHAKE = new Handshake(PATH, List.of(Wire.JSON.subprotocol()));
  private static final long COME_BACK_MILLIS = 10_000;
  private static final long CLOSE_MILLIS = 2_000;

  private final GatewaySettings settings;
  private final PositionStore positions;
  private final EventLog log;
  private final Hub hub;
  private final GatewayMetrics metrics;
  private final RoleClock clock;
  private final RandomGenerator random;
  private final Semaphore places;
  private final Set<Replay> running = ConcurrentHashMap.newKeySet();

  ReplayUpgrade(
      GatewaySettings settings,
      PositionStore positions,
      EventLog log,
      Hub hub,
      GatewayMetrics metrics,
      RoleClock clock,
      RandomGenerator random) {
    this.settings = settings;
    this.positions = positions;
    this.log = log;
    this.hub = hub;
    this.metrics = metrics;
    this.clock = clock;
    this.random = random;
    this.places = new Semaphore(settings.replay().atOnce());
    metrics.replays(running);
  }

  /** Why this is no handshake that we take, or null. */
  @Nullable Answer refusal(Request request) {
    Answer refused = HANDSHAKE.refusal(request, reason -> {});
    if (refused == null) {
      try {
        var _ = asked(request);
        return null;
      } catch (BadRequest e) {
        refused = Answer.problem(HttpResponseStatus.BAD_REQUEST, String.valueOf(e.getMessage()));
      }
    }
    metrics.rejected("replay");
    return refused;
  }

  private ReplayRequest asked(Request request) throws BadRequest {
    request.only(ReplayRequest.PARAMETERS);
    long recorded = hub.health().recordedThrough();
    long now = recorded > 0 ? Math.min(recorded, clock.millis()) : clock.millis();
    return ReplayRequest.of(request, now, settings.live().roomDevices());
  }

  /** Shakes hands, and begins the replay or says why it can't. */
  void upgrade(ChannelHandlerContext ctx, FullHttpRequest message, Request request)
      throws BadRequest {
    Login login = request.login();
    if (login == null) {
      throw new IllegalStateException("nobody has signed in");
    }
    ReplayRequest asked = asked(request);
    Channel channel = ctx.channel();
    var _ = HANDSHAKE.shake(channel, message);
    channel.pipeline().addLast(new WebSocketFrameAggregator(Limits.MAX_CLIENT_MESSAGE_BYTES));
    ChannelHandlerContext out = channel.pipeline().firstContext();
    if (places.tryAcquire()) {
      begin(channel, out, asked, login);
    } else {
      metrics.rejected("too-many-replays");
      refuse(channel, out);
    }
    channel.config().setAutoRead(true);
  }

  private void begin(Channel channel, ChannelHandlerContext out, ReplayRequest asked, Login login) {
    Replay replay =
        new Replay(
            out,
            asked,
            login,
            new Past(positions, log, settings.replay()),
            today(asked, login.person().permission()),
            settings,
            clock,
            random,
            List.of(new ServerMessage.Welcome(PROTOCOL, settings.serverName(), clock.millis())));
    channel
        .pipeline()
        .addLast(new ReplayHandler(replay, new Frames(channel.alloc()), settings.live(), metrics));
    running.add(replay);
    if (!channel.isActive()) {
      replay.end();
    }
    replay.start(
        () -> {
          running.remove(replay);
          places.release();
        });
  }

  private void refuse(Channel channel, ChannelHandlerContext out) {
    Frames frames = new Frames(channel.alloc());
    String detail =
        "%d replays run already; close one, or come back later"
            .formatted(settings.replay().atOnce());
    var _ = out.write(frames.frame(new ServerMessage.Problem("too-many-replays", detail)));
    long after = random.nextLong(COME_BACK_MILLIS);
    var _ = out.write(frames.frame(new ServerMessage.Reconnect(after, "busy")));
    channel.pipeline().addLast(new Goodbye());
    ControlFrames.closeSoon(channel, out, CloseCode.BUSY);
  }

  /** An empty picture with what history does not keep, as it is in the hub now. */
  private Supplier<PastFleet> today(ReplayRequest asked, Permission permission) {
    Set<String> devices = asked.devices();
    return () -> {
      try {
        Map<String, DeviceIdentity> today = new HubAsker(hub).ask(ReplayUpgrade::identities);
        return new PastFleet(
            id -> devices == null || devices.contains(id), permission, today, settings::rule);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new HistoryUnavailable("interrupted", e);
      } catch (BusUnavailable e) {
        throw new HistoryUnavailable("the hub did not answer", e);
      }
    };
  }

  private static Map<String, DeviceIdentity> identities(HubState state) {
    Map<String, DeviceIdentity> today = new HashMap<>();
    for (Slot slot : state.fleet().slots()) {
      DeviceRecord record = slot.record;
      if (record != null && slot.view != null) {
        today.put(
            slot.id,
            new DeviceIdentity(
                record.kind(), record.name(), slot.view.groups(), record.usualIntervalMillis()));
      }
    }
    return today;
  }

  /** Says goodbye to all, and waits a moment for them to end. */
  void close() {
    running.forEach(replay -> replay.close(CloseCode.SHUTDOWN));
    try {
      if (places.tryAcquire(settings.replay().atOnce(), CLOSE_MILLIS, TimeUnit.MILLISECONDS)) {
        places.release(settings.replay().atOnce());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
