package sightline.device;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Publishes the spool's events in its order, a bounded number at a time, until each is answered; an
 * unanswered one goes again on each new connection, and after a while, which doubles. Owned by the
 * device thread.
 */
final class EventSender {
  private final DeviceSettings settings;
  private final DeviceExecutor executor;
  private final DeviceListener listener;
  private final Spool spool;
  private final String topic;
  private final Map<String, Flight> inFlight = new LinkedHashMap<>();
  private final AtomicLong published = new AtomicLong();
  private final AtomicLong acknowledged = new AtomicLong();
  private final AtomicLong rejected = new AtomicLong();
  private @Nullable Link link;
  private @Nullable Future<?> repeat;
  private long sentThrough;

  /** An event that waits for its answer, and when it goes again ({@code System.nanoTime}). */
  private record Flight(SpooledEvent event, long dueNanos, Duration interval) {}

  EventSender(
      DeviceSettings settings, DeviceExecutor executor, DeviceListener listener, Spool spool) {
    this.settings = settings;
    this.executor = executor;
    this.listener = listener;
    this.spool = spool;
    topic = settings.topic("events");
  }

  /** The link is up and answers are subscribed: sends all that is unanswered, in order. */
  void online(Link connected) {
    link = connected;
    inFlight.clear();
    sentThrough = 0;
    pump();
  }

  void offline() {
    link = null;
    if (repeat != null) {
      repeat.cancel(false);
      repeat = null;
    }
  }

  /** Sends what the window has room for. */
  void pump() {
    if (link == null) {
      return;
    }
    int room = settings.eventWindow() - inFlight.size();
    if (room > 0) {
      for (SpooledEvent event : spool.after(sentThrough, room)) {
        sentThrough = event.position();
        publish(event, settings.firstRepeat());
      }
    }
    watch();
  }

  void answered(Answer answer) {
    inFlight.remove(answer.event());
    String reason = answer.rejected();
    try {
      if (reason == null && spool.remove(answer.event())) {
        acknowledged.incrementAndGet();
        listener.eventAcknowledged(answer.event());
      } else if (reason != null && spool.bury(answer.event(), reason, settings.clock().millis())) {
        rejected.incrementAndGet();
        listener.eventRejected(answer.event(), reason);
      }
    } catch (SpoolException e) {
      listener.problem("an answered event stays in the spool, and will be sent again", e);
    }
    pump();
  }

  private void publish(SpooledEvent event, Duration interval) {
    Link to = link;
    if (to == null) {
      return;
    }
    inFlight.put(event.id(), new Flight(event, System.nanoTime() + interval.toNanos(), interval));
    published.incrementAndGet();
    // The broker's own acknowledgement means nothing here: only the answer does.
    var unused = to.publish(topic, event.payload(), 1, false);
  }

  /** Makes sure that the timer runs while something is in flight. */
  private void watch() {
    if (repeat == null && !inFlight.isEmpty()) {
      long soonest = Long.MAX_VALUE;
      long now = System.nanoTime();
      for (Flight flight : inFlight.values()) {
        soonest = Math.min(soonest, flight.dueNanos - now);
      }
      repeat = executor.schedule(this::repeatDue, Duration.ofNanos(Math.max(0, soonest)));
    }
  }

  private void repeatDue() {
    repeat = null;
    long now = System.nanoTime();
    for (Flight flight : inFlight.values().toArray(Flight[]::new)) {
      if (flight.dueNanos - now <= 0) {
        Duration doubled = flight.interval.multipliedBy(2);
        Duration last = settings.lastRepeat();
        publish(flight.event, doubled.compareTo(last) < 0 ? doubled : last);
      }
    }
    watch();
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
