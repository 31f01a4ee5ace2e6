package sightline.device;

import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Sends the backlog in arrays with an id, oldest first, each kept until it is answered. One is
 * outstanding at first; more while answers come soon, fewer when they come late or not at all, so
 * that a fleet that returns takes no more than can be recorded. What is unanswered goes again on
 * each new connection, and after a while, which doubles. Owned by the device thread.
 */
final class BacklogSender {
  /** Arrays outstanding at most: 1 MiB. */
  static final int MOST = 64;

  /** Room for the id and the names around it. */
  private static final int FRAME = 128;

  private static final long SOON_NANOS = Duration.ofSeconds(2).toNanos();
  private static final long LATE_NANOS = Duration.ofSeconds(5).toNanos();
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);

  private final DeviceSettings settings;
  private final DeviceExecutor executor;
  private final DeviceListener listener;
  private final Backlog backlog;
  private final String topic;
  private final Map<String, Flight> flights = new LinkedHashMap<>();
  private final AtomicBoolean asked = new AtomicBoolean();
  private final AtomicLong delivered = new AtomicLong();
  private final AtomicLong refused = new AtomicLong();
  private @Nullable Link link;
  private @Nullable Future<?> timer;
  private Duration pause = FIRST_PAUSE;
  private long pausedUntil;
  private boolean paused;
  private long sentThrough;
  private long ids;
  private int window = 1;

  /** An array that is not answered. */
  private static final class Flight {
    private final Backlog.Chunk chunk;
    private final byte[] payload;
    private boolean out;
    private boolean repeated;
    private long sentNanos;
    private long dueNanos;
    private Duration interval;

    private Flight(String id, Backlog.Chunk chunk, Duration interval) {
      this.chunk = chunk;
      payload = chunk.payload(id);
      this.interval = interval;
    }
  }

  BacklogSender(
      DeviceSettings settings, DeviceExecutor executor, DeviceListener listener, Backlog backlog) {
    this.settings = settings;
    this.executor = executor;
    this.listener = listener;
    this.backlog = backlog;
    topic = settings.topic("location");
  }

  /** The link is up and answers are subscribed. */
  void online(Link connected) {
    link = connected;
    window = 1;
    paused = false;
    for (Flight flight : flights.values()) {
      flight.out = false;
      flight.interval = settings.firstBacklogRepeat();
    }
    pump();
  }

  void offline() {
    link = null;
    if (timer != null) {
      timer.cancel(false);
      timer = null;
    }
  }

  /** There is more to send; for any thread. */
  void kept() {
    if (asked.compareAndSet(false, true)) {
      executor.execute(
          () -> {
            asked.set(false);
            pump();
          });
    }
  }

  private void pump() {
    Link to = link;
    if (to == null) {
      return;
    }
    long now = System.nanoTime();
    paused = paused && pausedUntil - now > 0;
    int out = 0;
    for (Flight flight : flights.values()) {
      if (flight.out && flight.dueNanos - now <= 0) {
        flight.out = false;
        flight.repeated = true;
        window = 1;
      }
      out += flight.out ? 1 : 0;
    }
    for (Flight flight : flights.values()) {
      if (!paused && !flight.out && out < window) {
        out++;
        publish(to, flight, now);
      }
    }
    while (!paused && out < window && flights.size() < MOST) {
      Backlog.Chunk chunk = next();
      if (chunk == null) {
        break;
      }
      sentThrough = chunk.last();
      String id = settings.session() + "-" + ++ids;
      Flight flight = new Flight(id, chunk, settings.firstBacklogRepeat());
      flights.put(id, flight);
      out++;
      publish(to, flight, now);
    }
    watch(now);
  }

  /** One that was taken late may be before those that went already. */
  private Backlog.@Nullable Chunk next() {
    try {
      int most = DeviceSettings.MAX_PAYLOAD - FRAME;
      Backlog.Chunk chunk = backlog.after(sentThrough, most);
      return chunk == null && flights.isEmpty() && sentThrough > 0 ? backlog.after(0, most) : chunk;
    } catch (IOException e) {
      listener.problem("the positions that wait can't be read", e);
      return null;
    }
  }

  private void publish(Link to, Flight flight, long now) {
    flight.out = true;
    flight.sentNanos = now;
    flight.dueNanos = now + jittered(flight.interval);
    Duration doubled = flight.interval.multipliedBy(2);
    flight.interval =
        doubled.compareTo(settings.lastRepeat()) < 0 ? doubled : settings.lastRepeat();
    // Only the answer counts; what is not taken goes again.
    var unused = to.publish(topic, flight.payload, 1, false);
  }

  void answered(Answer answer) {
    Flight flight = flights.get(answer.id());
    if (flight == null) {
      return;
    }
    String reason = answer.rejected();
    if (reason != null && Answer.mayChange(reason)) {
      flight.out = false;
      window = 1;
      paused = true;
      pausedUntil = System.nanoTime() + jittered(pause);
      Duration doubled = pause.multipliedBy(2);
      pause = doubled.compareTo(settings.lastRepeat()) < 0 ? doubled : settings.lastRepeat();
      pump();
      return;
    }
    flights.remove(answer.id());
    forget(flight);
    if (reason == null) {
      delivered.addAndGet(flight.chunk.size() - Math.min(answer.refused(), flight.chunk.size()));
      refused.addAndGet(Math.min(answer.refused(), flight.chunk.size()));
      pause = FIRST_PAUSE;
      pace(flight);
    } else {
      refused.addAndGet(flight.chunk.size());
      listener.problem(
          flight.chunk.size() + " positions were refused", new IOException("refused: " + reason));
    }
    pump();
  }

  private void pace(Flight flight) {
    long took = System.nanoTime() - flight.sentNanos;
    if (took > LATE_NANOS) {
      window = Math.max(1, window / 2);
    } else if (took < SOON_NANOS && !flight.repeated) {
      window = Math.min(MOST, window + 1);
    }
  }

  private void forget(Flight flight) {
    try {
      backlog.remove(flight.chunk);
    } catch (IOException e) {
      listener.problem("answered positions stay on the disk, and will be sent again", e);
    }
  }

  /** From three quarters of it to five quarters. */
  private long jittered(Duration duration) {
    return (long) (duration.toNanos() * (0.75 + settings.random().nextDouble() / 2));
  }

  private void watch(long now) {
    if (timer != null) {
      timer.cancel(false);
      timer = null;
    }
    long soonest = paused ? pausedUntil - now : Long.MAX_VALUE;
    for (Flight flight : flights.values()) {
      soonest = flight.out ? Math.min(soonest, flight.dueNanos - now) : soonest;
    }
    if (soonest < Long.MAX_VALUE) {
      timer = executor.schedule(this::due, Duration.ofNanos(Math.max(0, soonest)));
    }
  }

  private void due() {
    timer = null;
    pump();
  }

  long delivered() {
    return delivered.get();
  }

  long refused() {
    return refused.get();
  }
}
