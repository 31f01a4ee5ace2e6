package sightline.device;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Sends positions as they are taken, at QoS 0; what can't go now waits in the backlog, which {@link
 * BacklogSender} sends. {@link #report} is for any thread, the rest is the device thread's.
 */
final class LocationSender {
  /** Positions given to the network and not yet written: past it, the network has stalled. */
  private static final int MAX_UNWRITTEN = 16;

  /** A power cut costs what was taken in so long. */
  private static final Duration SYNC = Duration.ofSeconds(1);

  private final DeviceSettings settings;
  private final DeviceExecutor executor;
  private final DeviceListener listener;
  private final String topic;
  private final Backlog backlog;
  private final Runnable kept;
  private final AtomicLong lastSeq = new AtomicLong();
  private final AtomicLong sent = new AtomicLong();
  private final AtomicLong notKept = new AtomicLong();
  private final AtomicBoolean syncing = new AtomicBoolean();
  private volatile @Nullable Online online;

  /** A link, and how many positions it has not written yet. */
  private static final class Online {
    private final Link link;
    private final AtomicInteger unwritten = new AtomicInteger();

    private Online(Link link) {
      this.link = link;
    }
  }

  /**
   * @param kept called when the backlog has more, on any thread
   */
  LocationSender(
      DeviceSettings settings,
      DeviceExecutor executor,
      DeviceListener listener,
      Backlog backlog,
      Runnable kept) {
    this.settings = settings;
    this.executor = executor;
    this.listener = listener;
    this.backlog = backlog;
    this.kept = kept;
    topic = settings.topic("location");
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
  }

  void offline() {
    online = null;
  }

  private void keep(long seq, byte[] payload) {
    try {
      backlog.add(seq, payload);
    } catch (IOException e) {
      if (notKept.getAndIncrement() == 0) {
        executor.execute(() -> listener.problem("positions can't be kept, and are shed", e));
      }
      return;
    }
    if (syncing.compareAndSet(false, true)) {
      var unused = executor.schedule(this::sync, SYNC);
    }
    if (online != null) {
      kept.run();
    }
  }

  private void sync() {
    syncing.set(false);
    try {
      backlog.sync();
    } catch (IOException e) {
      listener.problem("positions are written, but not synced to the disk", e);
    }
  }

  long sent() {
    return sent.get();
  }

  /** Positions that the disk refused. */
  long notKept() {
    return notKept.get();
  }
}
