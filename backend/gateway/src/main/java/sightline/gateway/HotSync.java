package sightline.gateway;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import sightline.bus.DeviceRecord;
import sightline.bus.HotState;
import sightline.gateway.Inbox.BatchRange;

/**
 * Keeps the gateway's place in the batches: finds a hole or another life of hot state, and merges
 * what came during a read with what was read. Owned by the hub's thread.
 */
final class HotSync {
  private boolean synced;
  private boolean reading;
  private String epoch = "";
  private long token;
  private long number;
  private final Map<String, DeviceRecord> stash = new LinkedHashMap<>();
  private @Nullable BatchRange stashed;
  private boolean stashBroken;

  /** Whether all that hot state has is known, up to what is still on its way. */
  boolean synced() {
    return synced;
  }

  /** Whether hot state is to be read, and is not being read. */
  boolean needsRead() {
    return !synced && !reading;
  }

  /** Whether hot state as read is another than what was heard. */
  boolean differs(HotState.Snapshot hot) {
    return !hot.epoch().equals(epoch) || hot.token() != token || hot.number() > number;
  }

  /**
   * Whether hot state as read is from before what was heard: the bus came back empty or with old
   * data, and the bridge has not written it anew yet.
   */
  boolean turnedBack(HotState.Snapshot hot) {
    boolean older =
        hot.epoch().isEmpty()
            || hot.token() < token
            || (hot.epoch().equals(epoch) && hot.token() == token && hot.number() < number);
    return !epoch.isEmpty() && older;
  }

  boolean reading() {
    return reading;
  }

  /** Forgets the place, so that hot state is read again. */
  void lose() {
    synced = false;
  }

  void readBegins() {
    reading = true;
    stash.clear();
    stashed = null;
    stashBroken = false;
  }

  /** The read failed; what came meanwhile was not counted, so it must be tried again. */
  void readFailed() {
    reading = false;
    synced &= stashed == null;
  }

  /** Takes the batches' numbers; the records are whole, so they are good whatever was missed. */
  void heard(Inbox.Taken taken) {
    BatchRange range = taken.range();
    if (range == null) {
      return;
    }
    if (reading) {
      taken.devices().forEach(record -> stash.put(record.id(), record));
      BatchRange before = stashed;
      boolean goesOn = before == null || continues(before, range);
      stashBroken |= taken.broken() || !goesOn;
      long first = before == null || !goesOn ? range.first() : before.first();
      stashed = new BatchRange(range.epoch(), range.token(), first, range.last());
    } else if (synced) {
      boolean ours = range.epoch().equals(epoch) && range.token() == token;
      if (!ours || taken.broken() || range.first() > number + 1) {
        synced = false;
      } else {
        number = Math.max(number, range.last());
      }
    }
  }

  /**
   * Merges what was read with what came meanwhile.
   *
   * @return every device's newest record, or null where hot state must be read again
   */
  @Nullable List<DeviceRecord> readEnds(HotState.Snapshot hot) {
    reading = false;
    BatchRange since = stashed;
    epoch = hot.epoch();
    token = hot.token();
    number = hot.number();
    Map<String, DeviceRecord> merged = new LinkedHashMap<>();
    hot.devices().forEach(record -> merged.put(record.id(), record));
    if (since != null && !(ofThisLife(since) && since.last() <= number && !stashBroken)) {
      if (!ofThisLife(since) || stashBroken || since.first() > number + 1) {
        synced = false;
        return null;
      }
      merged.putAll(stash);
      number = since.last();
    }
    stash.clear();
    stashed = null;
    synced = true;
    return new ArrayList<>(merged.values());
  }

  private boolean ofThisLife(BatchRange range) {
    return range.epoch().equals(epoch) && range.token() == token;
  }

  private static boolean continues(BatchRange before, BatchRange next) {
    return before.epoch().equals(next.epoch())
        && before.token() == next.token()
        && next.first() == before.last() + 1;
  }
}
