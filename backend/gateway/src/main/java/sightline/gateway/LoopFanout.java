package sightline.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import sightline.protocol.ServerMessage;
import sightline.time.RoleClock;

/**
 * The browsers of one event loop: writes what the hub hands over, and looks after those that are
 * idle. Owned by that event loop; the {@code post} methods are for other threads.
 */
final class LoopFanout {
  private static final long TICK_MILLIS = 50;

  final int index;
  final LiveSettings settings;
  final GatewayMetrics metrics;
  private final EventLoop loop;
  private final RoleClock clock;
  private final Frames frames;
  private final Set<LiveSession> sessions = Collections.newSetFromMap(new IdentityHashMap<>());
  private final List<LiveSession> unflushed = new ArrayList<>();
  private @Nullable ByteBuf health;

  /** Set before it starts. */
  private volatile @Nullable HealthWatch watch;

  /** Whether its browsers were told that this gateway lags. */
  private boolean toldLate;

  private long newestSeq;
  private long nowNanos;
  private volatile long pendingBytes;

  LoopFanout(
      int index,
      EventLoop loop,
      ByteBufAllocator allocator,
      LiveSettings settings,
      GatewayMetrics metrics,
      RoleClock clock) {
    this.index = index;
    this.loop = loop;
    this.settings = settings;
    this.metrics = metrics;
    this.clock = clock;
    this.frames = new Frames(allocator);
    this.nowNanos = clock.nanos();
  }

  /** Any thread: begins to look after the browsers. */
  void start(HealthWatch watch) {
    this.watch = watch;
    var _ =
        loop.scheduleWithFixedDelay(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** Any thread: hands over a turn's frames; the hub is told when they are issued. */
  void post(Broadcast broadcast, Hub hub) {
    run(
        () -> {
          try {
            deliver(broadcast);
          } catch (Throwable e) {
            hub.failed(e);
          } finally {
            hub.issued(broadcast);
          }
        },
        () -> hub.issued(broadcast));
  }

  /** Any thread: every picture is to be told anew; each browser asks when it can take it. */
  void askAnew() {
    run(() -> sessions().forEach(LiveSession::askAnew), () -> {});
  }

  /** Any thread: hands over the verdict on freshness; the frame is this loop's then. */
  void post(ServerMessage.Health verdict, ByteBuf frame) {
    run(() -> healthTurned(frame), frame::release);
  }

  /** Any thread: runs a task on the loop, or its substitute where the loop has ended. */
  void run(Runnable task, Runnable otherwise) {
    try {
      loop.execute(task);
    } catch (RejectedExecutionException e) {
      otherwise.run();
    }
  }

  /** Its own thread: runs a task after so many milliseconds. */
  void later(Runnable task, long millis) {
    var _ = loop.schedule(task, millis, TimeUnit.MILLISECONDS);
  }

  /** Whether a connection is this loop's. */
  boolean has(Channel channel) {
    return channel.eventLoop().equals(loop);
  }

  boolean inLoop() {
    return loop.inEventLoop();
  }

  /** The time of this turn of the loop, monotonic ns. */
  long nowNanos() {
    return nowNanos;
  }

  /** Any thread: monotonic ns. */
  long nanos() {
    return clock.nanos();
  }

  /** The newest entry of the log that this loop has been told of. */
  long newestSeq() {
    return newestSeq;
  }

  void learn(long seq) {
    newestSeq = Math.max(newestSeq, seq);
  }

  Frames frames() {
    return frames;
  }

  /** The newest verdict as a frame, or null before the first change. */
  @Nullable ByteBuf health() {
    return health;
  }

  void add(LiveSession session) {
    sessions.add(session);
  }

  void remove(LiveSession session) {
    sessions.remove(session);
  }

  int size() {
    return sessions.size();
  }

  /** All of them, as of now. */
  List<LiveSession> sessions() {
    return new ArrayList<>(sessions);
  }

  /** The loop ends: what it holds is given back. */
  void release() {
    if (health != null) {
      health.release();
      health = null;
    }
  }

  private void deliver(Broadcast broadcast) {
    nowNanos = clock.nanos();
    newestSeq = Math.max(newestSeq, broadcast.newestSeq());
    long positions = 0;
    long events = 0;
    for (Broadcast.Delivery delivery : broadcast.deliveries()) {
      Members members = delivery.view().members.get(index);
      for (int i = members.size() - 1; i >= 0; i--) {
        LiveSession session = members.get(i);
        int told;
        try {
          told = session.deliver(broadcast, delivery);
        } catch (RuntimeException e) {
          session.fail(e);
          continue;
        }
        positions += (told & LiveSession.TOLD_UPDATES) != 0 ? delivery.slots().size() : 0;
        events += (told & LiveSession.TOLD_ENTRIES) != 0 ? delivery.entryCount() : 0;
      }
    }
    for (CellNews news : broadcast.cells()) {
      for (LiveSession session : news.cell().watchers.get(index)) {
        try {
          positions += session.deliver(broadcast.n(), news) ? news.slots().size() : 0;
        } catch (RuntimeException e) {
          session.fail(e);
        }
      }
    }
    unflushed.forEach(LiveSession::flush);
    unflushed.clear();
    metrics.positionsOut.increment((double) positions);
    metrics.eventsOut.increment((double) events);
  }

  /** Any thread: hands over a crowd's counts; the frame is this loop's then. */
  void post(Crowd crowd, ByteBuf frame) {
    run(
        () -> {
          nowNanos = clock.nanos();
          crowd.watchers.get(index).forEach(session -> session.counts(frame));
          frame.release();
        },
        frame::release);
  }

  /** Flushes the browser once the turn is written. */
  void flushLater(LiveSession session) {
    unflushed.add(session);
  }

  private void healthTurned(ByteBuf frame) {
    if (toldLate) {
      // Its next tick tells what holds then.
      frame.release();
      return;
    }
    tell(frame);
  }

  private void tell(ByteBuf frame) {
    release();
    health = frame;
    nowNanos = clock.nanos();
    sessions().forEach(LiveSession::tellHealth);
  }

  private void tick() {
    nowNanos = clock.nanos();
    HealthWatch of = watch;
    if (of != null) {
      of.own().loopTicks(index, nowNanos);
      if (toldLate != of.late()) {
        toldLate = !toldLate;
        tell(frames.frame(of.now()));
      }
    }
    ByteBuf heartbeat = frames.frame(new ServerMessage.Heartbeat(clock.millis()));
    long pending = 0;
    for (LiveSession session : sessions()) {
      try {
        session.tick(heartbeat);
      } catch (RuntimeException e) {
        session.fail(e);
      }
      pending += session.pendingBytes();
    }
    heartbeat.release();
    pendingBytes = pending;
  }

  /** Any thread: bytes that wait for the sockets of its browsers, a moment ago. */
  long pendingBytes() {
    return pendingBytes;
  }
}
