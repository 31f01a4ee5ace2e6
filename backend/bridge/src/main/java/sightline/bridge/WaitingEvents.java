package sightline.bridge;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import sightline.protocol.DeviceEvent;
import sightline.protocol.EventKey;

/**
 * The events that are received and not yet committed, bounded by count and bytes. Overflow: the
 * MQTT thread waits in {@link #add}, so that TCP holds the broker back. Thread-safe.
 */
final class WaitingEvents {
  /** While nothing is committed, one device may hold this part of the whole. */
  static final int SHARES = 8;

  /** Nothing was committed for so long while something waits: history is away. */
  private static final long STUCK_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final LongSupplier nanos;
  private final int maxEvents;
  private final long maxBytes;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition room = lock.newCondition();
  private final Condition work = lock.newCondition();

  @GuardedBy("lock")
  private final Map<EventKey, Waiting> held = new HashMap<>();

  @GuardedBy("lock")
  private final ArrayDeque<Waiting> queue = new ArrayDeque<>();

  @GuardedBy("lock")
  private final Map<String, Share> shares = new HashMap<>();

  /** When a group was last done, or something began to wait. */
  @GuardedBy("lock")
  private long progressNanos;

  @GuardedBy("lock")
  private long bytes;

  @GuardedBy("lock")
  private boolean closed;

  private volatile int count;

  /**
   * None yet.
   *
   * @param nanos monotonic
   */
  WaitingEvents(int maxEvents, long maxBytes, LongSupplier nanos) {
    this.nanos = nanos;
    this.maxEvents = maxEvents;
    this.maxBytes = maxBytes;
  }

  /** What one device holds. */
  private static final class Share {
    private int events;
    private long bytes;
  }

  /** One event that waits, with how to tell the broker that it is done. */
  static final class Waiting {
    final DeviceEvent event;

    /** The id that its device gave it, by which it is answered. */
    final String answerId;

    final int bytes;
    private Delivery delivery;

    Waiting(DeviceEvent event, String answerId, int bytes, Delivery delivery) {
      this.event = event;
      this.answerId = answerId;
      this.bytes = bytes;
      this.delivery = delivery;
    }
  }

  /** One delivery by the broker. */
  interface Delivery {
    /** Names the MQTT connection that it came by. */
    long connection();

    /** Tells the broker that it is done; nothing on a connection that is gone. */
    void acknowledge();
  }

  /**
   * Adds an event, waiting for room; a copy of one that is held takes no place.
   *
   * @return whether it is new here; false too once closed, when it stays with the broker
   */
  boolean add(DeviceEvent event, int size, Delivery delivery) throws InterruptedException {
    return add(event, event.id(), size, delivery);
  }

  /** The same, where its device knows it by another id. */
  boolean add(DeviceEvent event, String answerId, int size, Delivery delivery)
      throws InterruptedException {
    lock.lock();
    try {
      Waiting known = held.get(event.key());
      if (known != null) {
        copy(known, delivery);
        return false;
      }
      while (!closed && (held.size() >= maxEvents || (bytes + size > maxBytes && bytes > 0))) {
        room.await();
      }
      if (closed) {
        return false;
      }
      Waiting waiting = new Waiting(event, answerId, size, delivery);
      if (held.isEmpty()) {
        progressNanos = nanos.getAsLong();
      }
      held.put(event.key(), waiting);
      Share share = shares.computeIfAbsent(event.device(), id -> new Share());
      share.events++;
      share.bytes += size;
      queue.addLast(waiting);
      bytes += size;
      count = held.size();
      work.signal();
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** A redelivery by a new connection replaces the old delivery; a second copy is done at once. */
  @GuardedBy("lock")
  private void copy(Waiting known, Delivery delivery) {
    if (known.delivery.connection() == delivery.connection()) {
      delivery.acknowledge();
    } else {
      known.delivery = delivery;
    }
  }

  /** The next ones in order, at most {@code limit}; they stay held until {@link #done}. */
  List<Waiting> next(int limit, long waitMillis) throws InterruptedException {
    lock.lock();
    try {
      long nanos = TimeUnit.MILLISECONDS.toNanos(waitMillis);
      while (queue.isEmpty() && !closed && nanos > 0) {
        nanos = work.awaitNanos(nanos);
      }
      List<Waiting> group = new ArrayList<>();
      for (Waiting next = queue.pollFirst(); next != null; next = queue.pollFirst()) {
        group.add(next);
        if (group.size() == limit) {
          break;
        }
      }
      return group;
    } finally {
      lock.unlock();
    }
  }

  /** Lets a group go and gives how to tell the broker of each. */
  List<Delivery> done(List<Waiting> group) {
    lock.lock();
    try {
      List<Delivery> deliveries = new ArrayList<>(group.size());
      for (Waiting waiting : group) {
        held.remove(waiting.event.key());
        release(waiting);
        bytes -= waiting.bytes;
        deliveries.add(waiting.delivery);
      }
      count = held.size();
      progressNanos = nanos.getAsLong();
      room.signalAll();
      return deliveries;
    } finally {
      lock.unlock();
    }
  }

  @GuardedBy("lock")
  private void release(Waiting waiting) {
    Share share = shares.get(waiting.event.device());
    if (share != null) {
      share.events--;
      share.bytes -= waiting.bytes;
      if (share.events == 0) {
        shares.remove(waiting.event.device());
      }
    }
  }

  /**
   * Whether its device holds all that it may while history is away: what it sends now would fill
   * this, and then the broker's queue, where it is lost without a word and others' with it. While
   * events are committed nobody is full.
   */
  boolean full(DeviceEvent event, int size) {
    lock.lock();
    try {
      Share share = shares.get(event.device());
      return share != null
          && !held.containsKey(event.key())
          && (share.events >= maxEvents / SHARES || share.bytes + size > maxBytes / SHARES)
          && nanos.getAsLong() - progressNanos >= STUCK_NANOS;
    } finally {
      lock.unlock();
    }
  }

  int count() {
    return count;
  }

  /** Wakes all who wait; nothing is taken in any more. */
  void close() {
    lock.lock();
    try {
      closed = true;
      room.signalAll();
      work.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** The event that waits under a key, or null. */
  @Nullable DeviceEvent find(EventKey key) {
    lock.lock();
    try {
      Waiting waiting = held.get(key);
      return waiting == null ? null : waiting.event;
    } finally {
      lock.unlock();
    }
  }
}
