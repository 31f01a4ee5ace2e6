package sightline.gateway;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import sightline.bus.BusMessage;
import sightline.bus.BusMessage.BridgeBeat;
import sightline.bus.BusMessage.RecorderBeat;
import sightline.bus.DeviceRecord;

/**
 * Where the bus puts what the hub is to take: the newest record of each device, and events up to a
 * bound, whose loss is mended from history. Any thread, under its own lock, held for moments.
 */
final class Inbox {
  private final ReentrantLock lock = new ReentrantLock();
  private final int maxEvents;
  private final Runnable wake;
  private final GatewayMetrics metrics;

  @GuardedBy("lock")
  private Map<String, DeviceRecord> devices = new LinkedHashMap<>();

  @GuardedBy("lock")
  private List<BusMessage> events = new ArrayList<>();

  @GuardedBy("lock")
  private int eventCount;

  @GuardedBy("lock")
  private boolean eventsLost;

  /** The batches since the last take: none, or all of one epoch and token and without a hole. */
  @GuardedBy("lock")
  private @Nullable BatchRange range;

  @GuardedBy("lock")
  private boolean broken;

  @GuardedBy("lock")
  private @Nullable BridgeBeat bridgeBeat;

  @GuardedBy("lock")
  private @Nullable RecorderBeat recorderBeat;

  @GuardedBy("lock")
  private long oldestNanos;

  private volatile boolean filled;

  /**
   * Numbers of batches, first to last, of one epoch and token.
   *
   * @param first the first one's number
   * @param last the last one's number
   */
  record BatchRange(String epoch, long token, long first, long last) {
    boolean goesOnWith(BusMessage.Batch batch) {
      return epoch.equals(batch.epoch()) && token == batch.token() && batch.number() == last + 1;
    }
  }

  /**
   * All that had come.
   *
   * @param range the batches' numbers, or null where none came
   * @param broken whether there was a hole or another epoch among them
   * @param events pending events, news of entries and refusals, in order
   * @param eventsLost whether there were more of those than the bound
   * @param oldestNanos when the first of it came; 0 where only beats did
   */
  record Taken(
      List<DeviceRecord> devices,
      @Nullable BatchRange range,
      boolean broken,
      List<BusMessage> events,
      boolean eventsLost,
      @Nullable BridgeBeat bridgeBeat,
      @Nullable RecorderBeat recorderBeat,
      long oldestNanos) {}

  Inbox(int maxEvents, GatewayMetrics metrics, Runnable wake) {
    this.maxEvents = maxEvents;
    this.metrics = metrics;
    this.wake = wake;
  }

  /** Takes a message from the bus; never blocks for longer than the hub's take. */
  void put(BusMessage message) {
    long now = System.nanoTime();
    lock.lock();
    try {
      switch (message) {
        case BusMessage.Batch batch -> batch(batch, now);
        case BusMessage.Pending pending -> event(pending, pending.events().size(), now);
        case BusMessage.Entries entries -> event(entries, entries.entries().size(), now);
        case BusMessage.Unrecorded unrecorded -> event(unrecorded, 1, now);
        case BusMessage.Refusals refusals -> event(refusals, 1, now);
        case BridgeBeat beat -> bridgeBeat = beat;
        case RecorderBeat beat -> recorderBeat = beat;
      }
      filled = true;
    } finally {
      lock.unlock();
    }
    wake.run();
  }

  /** Takes records that no batch numbers: the warm-up's own. */
  void putUnnumbered(List<DeviceRecord> records) {
    long now = System.nanoTime();
    lock.lock();
    try {
      records.forEach(record -> devices.put(record.id(), record));
      arrived(now);
      filled = true;
    } finally {
      lock.unlock();
    }
    wake.run();
  }

  /** When the oldest of what waits came, monotonic ns; 0 where nothing but beats does. */
  long oldestNanos() {
    lock.lock();
    try {
      return oldestNanos;
    } finally {
      lock.unlock();
    }
  }

  boolean isEmpty() {
    return !filled;
  }

  Taken take() {
    lock.lock();
    try {
      Taken taken =
          new Taken(
              List.copyOf(devices.values()),
              range,
              broken,
              events.isEmpty() ? List.of() : events,
              eventsLost,
              bridgeBeat,
              recorderBeat,
              oldestNanos);
      devices.clear();
      if (!events.isEmpty()) {
        events = new ArrayList<>();
      }
      eventCount = 0;
      eventsLost = false;
      range = null;
      broken = false;
      bridgeBeat = null;
      recorderBeat = null;
      oldestNanos = 0;
      filled = false;
      return taken;
    } finally {
      lock.unlock();
    }
  }

  @GuardedBy("lock")
  private void batch(BusMessage.Batch batch, long now) {
    for (DeviceRecord record : batch.devices()) {
      if (devices.put(record.id(), record) != null) {
        metrics.conflated.increment();
      }
    }
    metrics.positionsIn.increment(batch.devices().size());
    BatchRange before = range;
    if (before == null) {
      range = new BatchRange(batch.epoch(), batch.token(), batch.number(), batch.number());
    } else {
      broken |= !before.goesOnWith(batch);
      long first = broken ? batch.number() : before.first();
      range = new BatchRange(batch.epoch(), batch.token(), first, batch.number());
    }
    arrived(now);
  }

  @GuardedBy("lock")
  private void event(BusMessage message, int count, long now) {
    if (eventCount + count > maxEvents) {
      eventsLost = true;
      metrics.eventNewsDropped.increment(count);
      return;
    }
    eventCount += count;
    events.add(message);
    arrived(now);
  }

  @GuardedBy("lock")
  private void arrived(long now) {
    if (oldestNanos == 0) {
      oldestNanos = now;
    }
  }
}
