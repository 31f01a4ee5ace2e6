package sightline.device;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Publishes the spool's events in its order, each once the broker has taken the one before it (a
 * broker may reorder what is under way together), with a bounded number unanswered; an unanswered
 * one goes again on each new connection, and after a while, which doubles. One that the broker had
 * nobody to give to, because it has just started and the bridge is not back, goes again after a
 * second, before those after it. Owned by the device thread.
 */
final class EventSender {
  private static final int TAKE_SECONDS = 30;
  private static final Duration UNHEARD = Duration.ofSeconds(1);

  private final DeviceSettings settings;
  private final DeviceExecutor executor;
  private final DeviceListener listener;
  private final Spool spool;
  private final BiConsumer<Link, Throwable> giveUp;
  private final String topic;
  private final Map<String, Flight> inFlight = new LinkedHashMap<>();
  private final AtomicLong published = new AtomicLong();
  private final AtomicLong acknowledged = new AtomicLong();
  private final AtomicLong rejected = new AtomicLong();
  private @Nullable Link link;
  private @Nullable Future<?> repeat;
  private long sentThrough;
  private boolean busy;

  /** Refused for now: nothing goes until the pause is over. */
  private boolean held;

  private Duration pause;

  /** An event that waits for its answer, and when it goes again ({@code System.nanoTime}). */
  private record Flight(SpooledEvent event, long dueNanos, Duration interval) {}

  EventSender(
      DeviceSettings settings,
      DeviceExecutor executor,
      DeviceListener listener,
      Spool spool,
      BiConsumer<Link, Throwable> giveUp) {
    this.settings = settings;
    this.executor = executor;
    this.listener = listener;
    this.spool = spool;
    this.giveUp = giveUp;
    topic = settings.topic("events");
    pause = settings.firstRepeat();
  }

  /** The link is up and answers are subscribed: sends all that is unanswered, in order. */
  void online(Link connected) {
    link = connected;
    inFlight.clear();
    sentThrough = 0;
    busy = false;
    pump();
  }

  void offline() {
    link = null;
    if (repeat != null) {
      repeat.cancel(false);
      repeat = null;
    }
  }

  /** Sends the next event, or one that is due again, where nothing hinders. */
  void pump() {
    Link to = link;
    if (to == null || busy || held) {
      return;
    }
    Flight due = due();
    if (due != null) {
      Duration doubled = due.interval.multipliedBy(2);
      Duration last = settings.lastRepeat();
      publish(to, due.event, doubled.compareTo(last) < 0 ? doubled : last);
    } else if (inFlight.size() < settings.eventWindow()) {
      List<SpooledEvent> next = spool.after(sentThrough, 1);
      if (!next.isEmpty()) {
        sentThrough = next.get(0).position();
        publish(to, next.get(0), settings.firstRepeat());
      }
    }
    watch();
  }

  void answered(Answer answer) {
    String id = answer.id();
    String reason = answer.rejected();
    if (reason != null && Answer.mayChange(reason)) {
      hold();
      return;
    }
    inFlight.remove(id);
    pause = settings.firstRepeat();
    try {
      if (reason == null && spool.remove(id)) {
        acknowledged.incrementAndGet();
        listener.eventAcknowledged(id);
      } else if (reason != null && spool.bury(id, reason, settings.clock().millis())) {
        rejected.incrementAndGet();
        listener.eventRejected(id, reason);
      }
    } catch (SpoolException e) {
      listener.problem("an answered event stays in the spool, and will be sent again", e);
    }
    pump();
  }

  /** Not now, but maybe later: all that is unanswered goes again then, in its order. */
  private void hold() {
    if (held) {
      return;
    }
    held = true;
    inFlight.clear();
    sentThrough = 0;
    long nanos = (long) (pause.toNanos() * (0.75 + settings.random().nextDouble() / 2));
    Duration doubled = pause.multipliedBy(2);
    pause = doubled.compareTo(settings.lastRepeat()) < 0 ? doubled : settings.lastRepeat();
    var unused =
        executor.schedule(
            () -> {
              held = false;
              pump();
            },
            Duration.ofNanos(nanos));
  }

  private void publish(Link to, SpooledEvent event, Duration interval) {
    busy = true;
    inFlight.put(event.id(), new Flight(event, System.nanoTime() + interval.toNanos(), interval));
    published.incrementAndGet();
    // That the broker has taken it means nothing but that the next may go: only the answer counts.
    var unused =
        to.publishHeard(topic, event.payload())
            .orTimeout(TAKE_SECONDS, TimeUnit.SECONDS)
            .whenComplete(
                (heard, failure) ->
                    executor.execute(
                        () -> taken(to, event, interval, Boolean.FALSE.equals(heard), failure)));
  }

  private void taken(
      Link by,
      SpooledEvent event,
      Duration interval,
      boolean unheard,
      @Nullable Throwable failure) {
    if (by != link) {
      return;
    }
    if (unheard) {
      var unused = executor.schedule(() -> again(by, event, interval), UNHEARD);
      return;
    }
    busy = false;
    if (failure instanceof TimeoutException) {
      giveUp.accept(by, failure);
    } else {
      pump();
    }
  }

  private void again(Link to, SpooledEvent event, Duration interval) {
    if (to == link) {
      publish(to, event, interval);
    }
  }

  private @Nullable Flight due() {
    long now = System.nanoTime();
    for (Flight flight : inFlight.values()) {
      if (flight.dueNanos - now <= 0) {
        return flight;
      }
    }
    return null;
  }

  /** Makes sure that the timer runs while something is in flight. */
  private void watch() {
    if (repeat == null && !inFlight.isEmpty()) {
      long now = System.nanoTime();
      long soonest = Long.MAX_VALUE;
      for (Flight flight : inFlight.values()) {
        soonest = Math.min(soonest, flight.dueNanos - now);
      }
      repeat = executor.schedule(this::repeatDue, Duration.ofNanos(Math.max(0, soonest)));
    }
  }

  private void repeatDue() {
    repeat = null;
    pump();
  }

  long published() {
    return published.get();
  }

  long acknowledged() {
    return acknowledged.get();
  }

  long rejected() {
    return rejected.get();
  }
}
