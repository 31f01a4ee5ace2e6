package sightline.device;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Sends positions as they are taken, at QoS 0; what can't go now waits in the backlog, and goes in
 * arrays, one at a time, at QoS 1. {@link #report} is for any thread, the rest is the device
 * thread's.
 */
final class LocationSender {
  /** Positions given to the network and not yet written: past it, the network has stalled. */
  private static final int MAX_UNWRITTEN = 16;

  private final DeviceSettings settings;
  private final DeviceExecutor executor;
  private final String topic;
  private final Backlog backlog;
  private final AtomicLong lastSeq = new AtomicLong();
  private final AtomicLong sent = new AtomicLong();
  private final AtomicLong sentLater = new AtomicLong();
  private final AtomicBoolean draining = new AtomicBoolean();
  private volatile @Nullable Online online;

  /** A link, and how many positions it has not written yet. */
  private static final class Online {
    private final Link link;
    private final AtomicInteger unwritten = new AtomicInteger();

    private Online(Link link) {
      this.link = link;
    }
  }

  LocationSender(DeviceSettings settings, DeviceExecutor executor) {
    this.settings = settings;
    this.executor = executor;
    topic = settings.topic("location");
    backlog = new Backlog(settings.backlogPositions());
  }

  void report(Location location) {
    long seq = lastSeq.incrementAndGet();
    long taken = location.timestamp();
    byte[] payload = location.encode(taken == 0 ? settings.clock().millis() : taken, seq);
    Online now = online;
    if (now == null || now.unwritten.get() >= MAX_UNWRITTEN) {
      keep(seq, payload);
      return;
    }
    now.unwritten.incrementAndGet();
    var unused =
        now.link
            .publish(topic, payload, 0, false)
            .whenComplete(
                (ok, failure) -> {
                  now.unwritten.decrementAndGet();
                  if (failure == null) {
                    sent.incrementAndGet();
                  } else {
                    keep(seq, payload);
                  }
                });
  }

  void online(Link link) {
    online = new Online(link);
    draining.set(false);
    drainLater();
  }

  void offline() {
    online = null;
  }

  private void keep(long seq, byte[] payload) {
    backlog.add(seq, payload);
    if (online != null) {
      drainLater();
    }
  }

  private void drainLater() {
    if (draining.compareAndSet(false, true)) {
      executor.execute(this::drain);
    }
  }

  private void drain() {
    Online now = online;
    Backlog.Chunk chunk = now == null ? null : backlog.oldest(DeviceSettings.MAX_PAYLOAD);
    if (now == null || chunk == null) {
      draining.set(false);
      if (now != null && backlog.size() > 0) {
        drainLater();
      }
      return;
    }
    CompletableFuture<?> published = now.link.publish(topic, chunk.payload(), 1, false);
    var unused =
        published.whenComplete(
            (ok, failure) -> executor.execute(() -> drained(now, chunk, failure == null)));
  }

  private void drained(Online then, Backlog.Chunk chunk, boolean delivered) {
    if (delivered) {
      backlog.remove(chunk);
      sentLater.addAndGet(chunk.seqs().size());
    }
    if (online == then) {
      if (delivered) {
        drain();
      } else {
        draining.set(false);
      }
    }
  }

  long sent() {
    return sent.get();
  }

  long sentLater() {
    return sentLater.get();
  }

  Backlog backlog() {
    return backlog;
  }
}
