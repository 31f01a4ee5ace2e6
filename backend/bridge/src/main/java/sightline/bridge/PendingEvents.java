package sightline.bridge;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import sightline.bus.BusUnavailable;
import sightline.bus.DeviceRecord;
import sightline.bus.Fenced;
import sightline.bus.HotState;
import sightline.bus.HotState.PendingEvent;
import sightline.bus.LiveBus;
import sightline.protocol.DeviceEvent;
import sightline.protocol.EventContent;
import sightline.protocol.EventKey;
import sightline.protocol.LogEntry;

/**
 * The events that are shown as pending, as this bridge knows them, and the news of what becomes of
 * them. Any thread, under a lock that is held while the bus is told: so a rewrite of hot state
 * neither loses one nor brings a recorded one back. Bounded by the events that may wait, and the
 * newest {@value #MOST_REFUSED} that history refused.
 */
final class PendingEvents {
  private static final int MOST_REFUSED = 10_000;

  private final LiveBus bus;
  private final HotState hot;
  private final long token;
  private final BridgeMetrics metrics;
  private final Runnable fenced;
  private final ReentrantLock lock = new ReentrantLock();

  @GuardedBy("lock")
  private final Map<EventKey, PendingEvent> open = new LinkedHashMap<>();

  @GuardedBy("lock")
  private int refusals;

  /**
   * None yet.
   *
   * @param fenced told once another bridge holds a higher token
   */
  PendingEvents(LiveBus bus, HotState hot, long token, BridgeMetrics metrics, Runnable fenced) {
    this.bus = bus;
    this.hot = hot;
    this.token = token;
    this.metrics = metrics;
    this.fenced = fenced;
  }

  /** Takes over one that an earlier bridge left. */
  void restore(PendingEvent left) {
    lock.lock();
    try {
      open.putIfAbsent(left.key(), left);
      refusals += left.unrecordedReason() == null ? 0 : 1;
    } finally {
      lock.unlock();
    }
  }

  /** Whether it is shown as pending. */
  boolean shows(EventKey key) {
    lock.lock();
    try {
      return open.containsKey(key);
    } finally {
      lock.unlock();
    }
  }

  /** Whether another event is pending under its key. */
  boolean differs(DeviceEvent event) {
    lock.lock();
    try {
      PendingEvent shown = open.get(event.key());
      return shown != null && !EventContent.same(shown.event(), event);
    } finally {
      lock.unlock();
    }
  }

  /** Shows one that has just come. */
  void show(DeviceEvent event) {
    lock.lock();
    try {
      open.putIfAbsent(event.key(), new PendingEvent(event, null));
      tell(() -> bus.pending(token, List.of(event)));
    } finally {
      lock.unlock();
    }
  }

  /** History has committed them; gives whether the bus was told. */
  boolean recorded(List<LogEntry> entries) {
    lock.lock();
    try {
      entries.forEach(entry -> open.remove(entry.key()));
      return tell(() -> bus.entries(entries));
    } finally {
      lock.unlock();
    }
  }

  /** History has refused it for good. */
  void refused(EventKey key, String reason) {
    lock.lock();
    try {
      open.computeIfPresent(key, (k, held) -> new PendingEvent(held.event(), reason));
      refusals++;
      forgetRefusals();
      boolean _ = tell(() -> bus.unrecorded(key, reason));
    } finally {
      lock.unlock();
    }
  }

  /** Writes hot state anew: these devices, and all that are pending. */
  void rewrite(String epoch, List<DeviceRecord> devices) {
    lock.lock();
    try {
      List<PendingEvent> all = new ArrayList<>(open.values());
      hot.rewrite(new HotState.Snapshot(epoch, token, 0, devices, all));
    } finally {
      lock.unlock();
    }
  }

  @GuardedBy("lock")
  private void forgetRefusals() {
    var oldest = open.values().iterator();
    while (refusals > MOST_REFUSED && oldest.hasNext()) {
      if (oldest.next().unrecordedReason() != null) {
        oldest.remove();
        refusals--;
      }
    }
  }

  /** What is lost here is mended: by the next rewrite, and by the beat's newest number. */
  private boolean tell(Runnable news) {
    try {
      news.run();
      return true;
    } catch (BusUnavailable e) {
      metrics.publishErrors.increment();
    } catch (Fenced e) {
      fenced.run();
    }
    return false;
  }
}
