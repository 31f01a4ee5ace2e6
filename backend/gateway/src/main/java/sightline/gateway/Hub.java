package sightline.gateway;

import io.netty.buffer.ByteBufAllocator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import sightline.bus.BusMessage;
import sightline.time.RoleClock;

/**
 * The one thread between bus and browsers, and the way for others to talk to it: it takes all that
 * has come, applies it, hands the event loops what changed, and starts again when they have issued
 * that and a short rest is over. Methods for other threads say so; the rest is the hub's own.
 */
final class Hub {
  private static final int INBOX = 1;
  private static final int COMMANDS = 2;
  private static final int LOOPS = 4;

  private final RoleClock clock;
  private final Inbox inbox;
  private final HubState state;
  private final Rest rest;
  private final GatewayMetrics metrics;
  private final Consumer<Throwable> onFailure;
  private final Thread thread;

  /** What a browser may have under way at once: see {@link HubQueue}. */
  private static final int COMMANDS_A_BROWSER = 6;

  /** Reads of hot state and history that may end at once. */
  private static final int OTHER_COMMANDS = 4_096;

  private final HubQueue commands;
  private final RoomNames roomNames = new RoomNames();

  private final AtomicInteger loopsBusy = new AtomicInteger();
  private volatile int waitingFor;
  private volatile boolean stopped;
  private volatile long turnIssuedNanos;
  private long turnBegunNanos;

  Hub(
      GatewaySettings settings,
      DeviceGroups groups,
      RoleClock clock,
      GatewayMetrics metrics,
      Sources sources,
      List<LoopFanout> loops,
      ByteBufAllocator allocator,
      Consumer<Throwable> onFailure) {
    this.clock = clock;
    this.metrics = metrics;
    this.onFailure = onFailure;
    commands =
        new HubQueue(
            settings.http().maxConnections() * COMMANDS_A_BROWSER + OTHER_COMMANDS, metrics);
    inbox = new Inbox(settings.live().inboxEvents(), metrics, () -> wake(INBOX));
    metrics.roomNames(roomNames::size);
    rest = new Rest(settings.live().flushRestMin(), settings.live().flushRestMax());
    state = new HubState(settings, groups, clock, metrics, sources, loops, allocator, this::submit);
    thread = new Thread(this::run, "hub");
    thread.setDaemon(true);
    turnBegunNanos = clock.nanos() - settings.live().flushRestMax().toNanos();
    turnIssuedNanos = turnBegunNanos;
  }

  void start() {
    state.health().own().start(inbox::oldestNanos);
    thread.start();
  }

  /** Any thread: takes a message from the bus. */
  void put(BusMessage message) {
    inbox.put(message);
  }

  Inbox inbox() {
    return inbox;
  }

  /** Any thread: the devices that browsers name. */
  RoomNames roomNames() {
    return roomNames;
  }

  /** Any thread: replaces a browser's subscription. */
  void subscribe(Newcomer newcomer) {
    submit(hub -> hub.newcomer(newcomer));
  }

  /** Any thread: a browser is gone. */
  void left(LiveSession session) {
    submit(hub -> hub.left(session));
  }

  /** Any thread: a browser can be written to again. */
  void catchUp(CatchUp.Request request) {
    submit(hub -> hub.catchUp(request));
  }

  /** Any thread: asks something of the hub's state; the answer must be immutable. */
  <T extends @Nullable Object> CompletableFuture<T> ask(Function<HubState, T> question) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    boolean taken =
        commands.offerQuestion(
            hub -> {
              try {
                answer.complete(question.apply(hub));
              } catch (RuntimeException e) {
                answer.completeExceptionally(e);
              }
            });
    wake(COMMANDS);
    if (!taken) {
      answer.completeExceptionally(new IllegalStateException("the hub has too much to do"));
    } else if (stopped) {
      answer.completeExceptionally(new IllegalStateException("the gateway is stopping"));
    }
    return answer;
  }

  /** Any thread: an event loop has issued a broadcast's writes. */
  void issued(Broadcast broadcast) {
    if (loopsBusy.decrementAndGet() > 0) {
      return;
    }
    long now = clock.nanos();
    if (broadcast.oldestNanos() != 0) {
      metrics.broadcast.record(now - broadcast.oldestNanos(), TimeUnit.NANOSECONDS);
    }
    broadcast.release();
    turnIssuedNanos = now;
    wake(LOOPS);
  }

  /** Any thread: a defect that leaves an event loop in an unknown state. */
  void failed(Throwable cause) {
    onFailure.accept(cause);
  }

  /** Any thread: whether hot state and the log's newest entry are known. */
  boolean known() {
    return state.known();
  }

  /** The verdict on freshness; any thread. */
  HealthWatch health() {
    return state.health();
  }

  /** Any thread: ends the hub's thread, with a deadline. */
  void close() {
    stopped = true;
    LockSupport.unpark(thread);
    try {
      thread.join(2_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void submit(Consumer<HubState> command) {
    if (!commands.offer(command)) {
      // Its senders are bounded: the hub takes nothing any more.
      onFailure.accept(new IllegalStateException("the hub's queue is full"));
    }
    wake(COMMANDS);
  }

  private void wake(int reason) {
    if ((waitingFor & reason) != 0) {
      LockSupport.unpark(thread);
    }
  }

  private void run() {
    try {
      while (!stopped) {
        step();
      }
    } catch (Throwable e) {
      onFailure.accept(e);
    }
  }

  private void step() {
    state.health().own().hubSteps(clock.nanos());
    commands.work(state, clock::nanos);
    long now = clock.nanos();
    state.tick(now);
    if (loopsBusy.get() > 0) {
      sleep(LOOPS | COMMANDS, state.untilTickNanos(now));
      return;
    }
    long restNanos = rest.left(now, turnBegunNanos, turnIssuedNanos);
    if (restNanos > 0) {
      sleep(COMMANDS, Math.min(restNanos, state.untilTickNanos(now)));
    } else if (inbox.isEmpty() && !state.unsent()) {
      sleep(INBOX | COMMANDS, state.untilTickNanos(now));
    } else {
      turn(now);
    }
  }

  private void turn(long now) {
    turnBegunNanos = now;
    turnIssuedNanos = now;
    if (!inbox.isEmpty()) {
      state.take(inbox.take(), now);
    }
    Broadcast broadcast = state.broadcast();
    if (broadcast != null) {
      loopsBusy.set(state.loops().size());
      for (LoopFanout loop : state.loops()) {
        loop.post(broadcast, this);
      }
    }
  }

  /** Waits, unless one of the reasons has come up meanwhile. */
  private void sleep(int reasons, long nanos) {
    if (nanos <= 0) {
      return;
    }
    waitingFor = reasons;
    boolean due =
        ((reasons & INBOX) != 0 && !inbox.isEmpty())
            || ((reasons & COMMANDS) != 0 && !commands.isEmpty())
            || ((reasons & LOOPS) != 0 && loopsBusy.get() == 0)
            || stopped;
    if (!due) {
      LockSupport.parkNanos(this, nanos);
    }
    waitingFor = 0;
  }
}
