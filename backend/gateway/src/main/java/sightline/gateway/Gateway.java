package sightline.gateway;

import io.micrometer.core.instrument.MeterRegistry;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.ImmediateEventExecutor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sightline.bus.HotState;
import sightline.bus.LiveBus;
import sightline.history.EventLog;
import sightline.history.PositionStore;
import sightline.protocol.CloseCode;
import sightline.time.RoleClock;

/**
 * A gateway: the live fan-out to browsers, the API and the page's files on one port. The thread
 * that starts it closes it.
 */
public final class Gateway implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);
  private static final int BACKLOG = 4_096;
  private static final long LOOPS_END_MILLIS = 3_000;

  /** Another gateway tells of itself each 2 s. */
  private static final long OTHERS_HEARD_MILLIS = 5_000;

  private final GatewaySettings settings;
  private final Supplier<List<String>> others;
  private final Beside beside;
  private final LiveBus bus;
  private final GatewayMetrics metrics;
  private final MultiThreadIoEventLoopGroup group;
  private final ExecutorService blocking;
  private final List<LoopFanout> loops = new ArrayList<>();
  private final Hub hub;
  private final Site site;
  private final WarmUp warmUp;
  private final Shutdown goodbye;
  private final Watchdog watchdog;
  private final Figures figures;
  private final BasemapsApi basemaps;
  private final AtomicBoolean closed = new AtomicBoolean();
  private final Runnable onFailure;
  private volatile boolean failed;
  private LiveBus.@Nullable Subscription subscription;
  private @Nullable Channel listener;
  private volatile int port;

  /**
   * A gateway that is not open yet.
   *
   * @param access who may see what
   * @param scrape all metrics of the process as Prometheus text, for {@code /metrics}
   * @param others why other roles of this process are not ready, for {@code /readyz}; empty where
   *     they are
   * @param clock the time that browsers are told
   * @param beside what stands beside it
   * @param onFailure told, on any thread, once it has failed for good
   */
  public Gateway(
      GatewaySettings settings,
      AccessSettings access,
      LiveBus bus,
      HotState hot,
      EventLog log,
      PositionStore positions,
      MeterRegistry registry,
      Supplier<String> scrape,
      Supplier<List<String>> others,
      RoleClock clock,
      Beside beside,
      Runnable onFailure) {
    this.settings = settings;
    this.others = others;
    this.beside = beside;
    this.onFailure = onFailure;
    this.bus = bus;
    People people = new People(access, clock);
    DeviceGroups groups = new DeviceGroups(access.groups());
    metrics = new GatewayMetrics(registry);
    group = Transport.loops(settings.loops(Runtime.getRuntime().availableProcessors()));
    blocking = Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("gateway-", 0).factory());
    Map<EventLoop, LoopFanout> byLoop = new LinkedHashMap<>();
    for (EventExecutor executor : group) {
      EventLoop loop = (EventLoop) executor;
      LoopFanout fanout =
          new LoopFanout(
              loops.size(), loop, PooledByteBufAllocator.DEFAULT, settings.live(), metrics, clock);
      loops.add(fanout);
      byLoop.put(loop, fanout);
    }
    hub =
        new Hub(
            settings,
            groups,
            clock,
            metrics,
            new Sources(hot, log, blocking),
            loops,
            PooledByteBufAllocator.DEFAULT,
            this::hubFailed);
    warmUp = new WarmUp(settings.warmUp(), hub, clock, beside.probeKey());
    watchdog = new Watchdog(hub.health().own(), clock, this::hubFailed);
    metrics.lag(() -> hub.health().own().lagNanos(clock.nanos()));
    figures = new Figures(registry, clock);
    basemaps = new BasemapsApi(beside.basemaps());
    RandomGenerator random = RandomGenerator.getDefault();
    Admission admission = new Admission(settings.admission(), random, clock.nanos());
    ChannelGroup http = new DefaultChannelGroup(ImmediateEventExecutor.INSTANCE);
    Names names = new Names(settings.allowedHosts(), settings.allowedOrigins());
    site =
        new Site(
            names,
            new Origins(),
            new Addresses(settings.trustedProxies()),
            new HalfOpen(HalfOpen.MOST, HalfOpen.MOST_OF_AN_ADDRESS),
            routes(log, positions, scrape, clock, beside, people, groups, names),
            people,
            new LiveUpgrade(
                settings, admission, byLoop, hub, metrics, clock, beside, warmUp::giveWay),
            new ReplayUpgrade(settings, positions, log, hub, metrics, clock, random),
            new AnswersInFlight(settings.http(), metrics),
            http,
            metrics);
    metrics.pendingBytes(loops);
    goodbye = new Shutdown(loops, http, random);
  }

  private Routes routes(
      EventLog log,
      PositionStore positions,
      Supplier<String> scrape,
      RoleClock clock,
      Beside beside,
      People people,
      DeviceGroups groups,
      Names names) {
    DevicesApi devices = new DevicesApi(new HubAsker(hub));
    List<Route> routes = new ArrayList<>();
    routes.addAll(devices.routes());
    routes.addAll(new TrackApi(positions, devices, hub.health(), clock, groups).routes());
    routes.addAll(new EventsApi(log, bus, new HubAsker(hub), clock, groups).routes());
    routes.addAll(new SessionApi(people, names, metrics).routes());
    routes.addAll(
        new HealthApi(hub.health(), figures, beside, this::notReady, settings, clock).routes());
    routes.addAll(new LatencyApi(beside, clock).routes());
    routes.addAll(basemaps.routes());
    routes.addAll(new StateApi(() -> !failed, this::notReady, scrape).routes());
    return new Routes(
        routes,
        new PageFiles(settings.page(), settings.http().fileCacheBytes()),
        hub.health(),
        metrics,
        blocking,
        settings.http().concurrentRequests());
  }

  /** WebSockets that are open. */
  public int clients() {
    return metrics.clients.get();
  }

  /**
   * Subscribes, listens, and begins to warm up; {@code /readyz} says when that is done.
   *
   * @throws UncheckedIOException where the port can't be had
   */
  public void start() {
    subscription = bus.subscribe(hub::put);
    hub.start();
    loops.forEach(loop -> loop.start(hub.health()));
    watchdog.start();
    figures.start();
    basemaps.tell();
    ServerBootstrap bootstrap =
        new ServerBootstrap()
            .group(group)
            .channel(Transport.serverChannel())
            .option(ChannelOption.SO_BACKLOG, BACKLOG)
            .option(ChannelOption.SO_REUSEADDR, true)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT)
            .childOption(ChannelOption.SO_SNDBUF, settings.live().sendBufferBytes())
            .childOption(
                ChannelOption.WRITE_BUFFER_WATER_MARK,
                new WriteBufferWaterMark(
                    settings.live().writeLowBytes(), settings.live().writeHighBytes()))
            .childHandler(new ServerPipeline(settings.http(), site));
    var bound = bootstrap.bind(settings.bind(), settings.port()).awaitUninterruptibly();
    if (!bound.isSuccess()) {
      close();
      throw new UncheckedIOException(
          new IOException(
              "can't listen on "
                  + settings.bind()
                  + ":"
                  + settings.port()
                  + ": is it in use? Choose another port",
              bound.cause()));
    }
    listener = bound.channel();
    port = ((InetSocketAddress) bound.channel().localAddress()).getPort();
    warmUp.start(port);
  }

  /** The TCP port that it listens on. */
  public int port() {
    return port;
  }

  /** Why it is not ready; empty where it is. */
  public List<String> notReady() {
    List<String> reasons = new ArrayList<>(others.get());
    if (failed) {
      reasons.add("the hub has failed");
    }
    if (closed.get()) {
      reasons.add("it is stopping");
    }
    if (!hub.known()) {
      reasons.add("hot state or the event log is not read yet");
    }
    if (!warmUp.done()) {
      reasons.add("it is warming up");
    }
    return reasons;
  }

  /**
   * Tells every browser when to come back, and closes all, within a few seconds: one after the
   * other where another gateway can take them. More than once does no harm.
   */
  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    watchdog.close();
    warmUp.close();
    figures.close();
    if (listener != null) {
      listener.close().awaitUninterruptibly(LOOPS_END_MILLIS);
    }
    goodbye.sayAndWait(
        beside.others().get().stream().anyMatch(each -> each.silentMillis() < OTHERS_HEARD_MILLIS));
    site.replays().close();
    if (subscription != null) {
      subscription.close();
    }
    group
        .shutdownGracefully(0, LOOPS_END_MILLIS, TimeUnit.MILLISECONDS)
        .awaitUninterruptibly(LOOPS_END_MILLIS);
    hub.close();
    loops.forEach(LoopFanout::release);
    blocking.shutdownNow();
  }

  /** What it holds for browsers, for tests of clean-up. */
  Hub hub() {
    return hub;
  }

  WarmUp warmUp() {
    return warmUp;
  }

  List<Route> routes() {
    return site.routes().table();
  }

  List<LoopFanout> loops() {
    return loops;
  }

  private void hubFailed(Throwable cause) {
    failed = true;
    LOG.error("the gateway is no longer alive; restart it", cause);
    loops.forEach(
        loop ->
            loop.run(
                () -> loop.sessions().forEach(session -> session.close(CloseCode.INTERNAL)),
                () -> {}));
    onFailure.run();
  }
}
