package sightline.bus;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import sightline.protocol.DeviceEvent;
import sightline.protocol.EventKey;
import sightline.protocol.LogEntry;
import sightline.protocol.Position;

/**
 * The three ports inside one process: hot state, stream and delivery under one lock. A subscriber
 * is called on the publisher's thread while the lock is held, so it hands over and returns; one
 * that publishes in turn would break the order, and is told so.
 */
public final class InProcessBus implements LiveBus, HotState, PositionStream {
  private final ReentrantLock lock = new ReentrantLock();
  private final CopyOnWriteArrayList<Consumer<BusMessage>> listeners = new CopyOnWriteArrayList<>();

  @GuardedBy("lock")
  private final Map<String, DeviceRecord> devices = new LinkedHashMap<>();

  @GuardedBy("lock")
  private final Map<EventKey, PendingEvent> pending = new LinkedHashMap<>();

  @GuardedBy("lock")
  private final PositionRing stream;

  @GuardedBy("lock")
  private String epoch = "";

  @GuardedBy("lock")
  private long token;

  @GuardedBy("lock")
  private long number;

  @GuardedBy("lock")
  private long awaited;

  /**
   * An empty bus.
   *
   * @param streamCap how many positions the stream holds before it drops the oldest
   */
  public InProcessBus(int streamCap) {
    if (streamCap < 1) {
      throw new IllegalArgumentException("streamCap must be at least 1, not " + streamCap);
    }
    this.stream = new PositionRing(streamCap);
  }

  @Override
  public StreamState round(BusMessage.Batch batch, List<Position> positions, boolean someoneWaits) {
    lock.lock();
    try {
      raise(batch.token());
      epoch = batch.epoch();
      number = batch.number();
      for (DeviceRecord device : batch.devices()) {
        devices.put(device.id(), device);
      }
      long before = stream.dropped();
      positions.forEach(stream::add);
      if (someoneWaits) {
        awaited = stream.newest();
      }
      tell(batch);
      long dropped = stream.dropped();
      return new StreamState(
          stream.newest(), stream.trimmed(), dropped > before ? dropped : 0, stream.cap());
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void pending(long writer, List<DeviceEvent> events) {
    lock.lock();
    try {
      raise(writer);
      for (DeviceEvent event : events) {
        pending.putIfAbsent(event.key(), new PendingEvent(event, null));
      }
      tell(new BusMessage.Pending(events));
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void entries(List<LogEntry> entries) {
    lock.lock();
    try {
      for (LogEntry entry : entries) {
        pending.remove(entry.key());
      }
      tell(new BusMessage.Entries(entries));
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void unrecorded(EventKey key, String reason) {
    lock.lock();
    try {
      pending.computeIfPresent(key, (k, held) -> new PendingEvent(held.event(), reason));
      tell(new BusMessage.Unrecorded(key, reason));
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void beat(BusMessage beat) {
    lock.lock();
    try {
      tell(beat);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Subscription subscribe(Consumer<BusMessage> listener) {
    listeners.add(listener);
    return () -> {
      lock.lock();
      try {
        listeners.remove(listener);
      } finally {
        lock.unlock();
      }
    };
  }

  @Override
  public Snapshot read() {
    lock.lock();
    try {
      return new Snapshot(
          epoch, token, number, List.copyOf(devices.values()), List.copyOf(pending.values()));
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void rewrite(Snapshot snapshot) {
    lock.lock();
    try {
      raise(snapshot.token());
      epoch = snapshot.epoch();
      number = snapshot.number();
      devices.clear();
      snapshot.devices().forEach(device -> devices.put(device.id(), device));
      pending.clear();
      snapshot.pending().forEach(event -> pending.put(event.key(), event));
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Page read(Cursor after, int limit) {
    lock.lock();
    try {
      long read = after.epoch().equals(epoch) ? after.id() : 0;
      long from = Math.max(read, stream.trimmed()) + 1;
      long first = Math.max(from, stream.head());
      List<Position> found = stream.from(first, limit);
      Cursor end = new Cursor(epoch, first + found.size() - 1);
      return new Page(found, end, first - from, stream.newest(), awaited);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void trim(Cursor through) {
    lock.lock();
    try {
      if (through.epoch().equals(epoch)) {
        stream.trim(through.id());
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public long size() {
    lock.lock();
    try {
      return stream.size();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public long cap() {
    lock.lock();
    try {
      return stream.cap();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      listeners.clear();
    } finally {
      lock.unlock();
    }
  }

  @GuardedBy("lock")
  private void raise(long writer) {
    if (writer < token) {
      throw new Fenced(writer);
    }
    token = writer;
  }

  @GuardedBy("lock")
  private void tell(BusMessage message) {
    if (lock.getHoldCount() > 1) {
      throw new IllegalStateException("a listener must hand over, and not publish itself");
    }
    for (Consumer<BusMessage> listener : listeners) {
      listener.accept(message);
    }
  }
}
