package sightline.gateway;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sightline.history.HistoryUnavailable;
import sightline.protocol.CloseCode;
import sightline.protocol.DeviceEvent;
import sightline.protocol.DeviceView;
import sightline.protocol.LogEntry;
import sightline.protocol.Position;
import sightline.protocol.ReplayClock;
import sightline.protocol.ReplayCommand;
import sightline.protocol.ServerMessage;
import sightline.time.RoleClock;

/**
 * One browser that looks back: tells it the past, frame by frame, at the speed that it wants. Owned
 * by its own virtual thread; the event loop talks to it through the {@code post} methods.
 */
final class Replay implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(Replay.class);
  private static final int COMMANDS = 64;
  private static final long RETRY_NANOS = 1_000_000_000;
  private static final long SPREAD_MILLIS = 5_000;
  private static final long GOODBYE_MILLIS = 1_500;

  private final ChannelHandlerContext out;
  private final Channel channel;
  private final ReplayVoice voice;
  private final ReplayPlan plan;
  private final Past past;
  private final Supplier<PastFleet> today;
  private final Liveness liveness;
  private final RoleClock clock;
  private final Login login;
  private final RandomGenerator random;
  private final long frameNanos;
  private final int snapshotDevices;
  private final BlockingQueue<ReplayCommand> commands = new ArrayBlockingQueue<>(COMMANDS);
  private final List<ServerMessage> greeting;
  private volatile long readNanos;
  private volatile boolean gone;
  private volatile @Nullable CloseCode closing;
  private volatile @Nullable Thread thread;
  private @Nullable PastFleet fleet;
  private long updates;
  private boolean historyAway;
  private boolean endTold;

  /**
   * Not started yet.
   *
   * @param login who looks back; it ends with their sign-in
   * @param today an empty picture with what history does not keep; it may block
   * @param greeting what is told first
   */
  Replay(
      ChannelHandlerContext out,
      ReplayRequest request,
      Login login,
      Past past,
      Supplier<PastFleet> today,
      GatewaySettings settings,
      RoleClock clock,
      RandomGenerator random,
      List<ServerMessage> greeting) {
    this.out = out;
    this.channel = out.channel();
    this.plan = new ReplayPlan(request, clock.nanos());
    this.past = past;
    this.today = today;
    this.liveness = new Liveness(settings.live(), clock.nanos());
    this.clock = clock;
    this.login = login;
    this.random = random;
    this.frameNanos = settings.replay().frame().toNanos();
    this.snapshotDevices = settings.live().snapshotDevices();
    this.greeting = greeting;
    this.readNanos = clock.nanos();
    this.voice = new ReplayVoice(out, clock, liveness, plan.clock());
  }

  /** Starts its thread; {@code ended} is run on it at the end. */
  void start(Runnable ended) {
    thread =
        Thread.ofVirtual()
            .name("replay")
            .start(
                () -> {
                  try {
                    run();
                    // Its goodbye is still on the way to the event loop.
                    channel.closeFuture().awaitUninterruptibly(GOODBYE_MILLIS);
                  } finally {
                    ended.run();
                  }
                });
  }

  /** Its loop, some times a second. */
  void beat(Frames beats) {
    if (!gone) {
      voice.beat(beats);
    }
  }

  /** Its loop: a command; false where too many wait. */
  boolean post(ReplayCommand command) {
    boolean taken = commands.offer(command);
    wake();
    return taken;
  }

  /** Its loop: something was read, or the socket has room again. */
  void alive() {
    readNanos = clock.nanos();
    wake();
  }

  /** Any thread: the connection has ended. */
  void end() {
    gone = true;
    Thread owner = thread;
    if (owner != null) {
      // What is being read for it is ended too.
      owner.interrupt();
    }
  }

  /** Any thread: says goodbye with a code, and ends. */
  void close(CloseCode code) {
    closing = code;
    wake();
  }

  /** Any thread: something has changed. */
  void wake() {
    Thread owner = thread;
    if (owner != null) {
      LockSupport.unpark(owner);
    }
  }

  @Override
  public void run() {
    try {
      for (ServerMessage message : greeting) {
        voice.tell(message);
      }
      boolean jumped = true;
      long due = clock.nanos();
      while (!over()) {
        jumped |= obey();
        if (!channel.isWritable()) {
          plan.stand(clock.nanos());
          waitUntil(clock.nanos() + frameNanos);
        } else if (jumped) {
          jumped = !attempt(this::jump);
          due = clock.nanos() + frameNanos;
        } else if (clock.nanos() - due >= 0) {
          due = clock.nanos() + frameNanos;
          plan.pass(clock.nanos());
          var _ = attempt(this::frame);
        }
        if (commands.isEmpty() && !over()) {
          waitUntil(due);
        }
      }
      CloseCode code = closing;
      if (code != null && !gone) {
        say(code);
      }
    } catch (Throwable e) {
      LOG.error("a replay failed", e);
      ControlFrames.closeSoon(channel, out, CloseCode.INTERNAL);
    }
  }

  private boolean over() {
    if (!login.holds(clock.nanos())) {
      closing = CloseCode.SIGNED_OUT;
    }
    liveness.read(readNanos);
    liveness.writable(channel.isWritable(), clock.nanos());
    switch (liveness.judge(clock.nanos(), channel.isWritable())) {
      case PING -> {
        var _ = out.writeAndFlush(ControlFrames.ping(), channel.voidPromise());
      }
      case SILENT -> closing = CloseCode.SILENT;
      case NOT_READING -> closing = CloseCode.NOT_READING;
      case HEARTBEAT, WELL -> {}
    }
    return gone || closing != null || Thread.currentThread().isInterrupted();
  }

  private void waitUntil(long nanos) {
    long left = nanos - clock.nanos();
    if (left > 0) {
      LockSupport.parkNanos(this, left);
    }
  }

  private boolean obey() {
    boolean jumped = false;
    boolean obeyed = false;
    for (ReplayCommand command = commands.poll(); command != null; command = commands.poll()) {
      plan.pass(clock.nanos());
      if (command instanceof ReplayCommand.Speed && fleet != null) {
        // What was read ahead is too coarse or too fine for another speed.
        jumped |= !attempt(this::frame);
        past.goTo(plan.at());
      }
      jumped |= plan.obey(command);
      obeyed = true;
    }
    if (obeyed && !jumped) {
      voice.tell(plan.clock());
    }
    return jumped;
  }

  /** Does what reads history; false where it did not answer, after a while. */
  private boolean attempt(Runnable work) {
    try {
      work.run();
      historyAway = false;
      return true;
    } catch (HistoryUnavailable e) {
      if (!historyAway) {
        LOG.info("history did not answer a replay: {}", e.getMessage());
        voice.tell(
            new ServerMessage.Problem("history", "history does not answer; time stands still"));
      }
      historyAway = true;
      waitUntil(clock.nanos() + RETRY_NANOS);
      plan.stand(clock.nanos());
      return false;
    }
  }

  /** Tells the whole picture anew. */
  private void jump() {
    long at = plan.at();
    PastFleet begun = today.get();
    past.picture(at).forEach(begun::take);
    List<DeviceEvent> alarms = past.openAlarms(at).stream().filter(begun::shows).toList();
    alarms.forEach(begun::raise);
    past.goTo(at);
    fleet = begun;
    voice.tell(plan.clock());
    List<DeviceView> all = begun.all(at);
    int from = 0;
    do {
      int to = Math.min(all.size(), from + snapshotDevices);
      voice.tell(new ServerMessage.Snapshot(all.subList(from, to), to < all.size()));
      from = to;
      awaitRoom();
    } while (from < all.size());
    voice.tell(new ServerMessage.Events(alarms, Cursors.text(0)));
    plan.stand(clock.nanos());
  }

  /** So that a large picture is not in memory as a whole. */
  private void awaitRoom() {
    while (!channel.isWritable() && !over()) {
      waitUntil(clock.nanos() + frameNanos);
    }
  }

  /** Tells what happened up to the plan's moment. */
  private void frame() {
    PastFleet shown = fleet;
    if (shown == null) {
      return;
    }
    ReplayClock moment = plan.clock();
    long before = moment.time();
    List<LogEntry> entries = new ArrayList<>();
    Position position = past.nextPosition(before, plan.speed(), plan.end());
    while (position != null) {
      shown.take(position);
      position = past.nextPosition(before, plan.speed(), plan.end());
    }
    LogEntry entry = past.nextEntry(before, plan.speed(), plan.end());
    while (entry != null) {
      if (shown.shows(entry)) {
        shown.take(entry);
        entries.add(entry);
      }
      entry = past.nextEntry(before, plan.speed(), plan.end());
    }
    List<ServerMessage.Change> changes = shown.changes(before);
    boolean silent = changes.isEmpty() && entries.isEmpty();
    if (!silent || voice.clockIsDue() || moment.ended() != endTold) {
      voice.tell(moment);
      endTold = moment.ended();
      if (!changes.isEmpty()) {
        voice.tell(new ServerMessage.Update(++updates, changes));
      }
      for (LogEntry each : entries) {
        voice.tell(each);
      }
    }
  }

  private void say(CloseCode code) {
    if (code == CloseCode.SHUTDOWN) {
      voice.tell(new ServerMessage.Reconnect(random.nextLong(SPREAD_MILLIS), code.reason()));
    }
    ControlFrames.closeSoon(channel, out, code);
  }
}
