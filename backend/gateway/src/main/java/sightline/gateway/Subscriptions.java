package sightline.gateway;

import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import sightline.history.HistoryUnavailable;
import sightline.protocol.Limits;
import sightline.protocol.LogEntry;
import sightline.protocol.ServerMessage;

/**
 * Who sees what: gives newcomers their snapshot and their place in one turn, the same frames to all
 * of one instant, and those who were left out what they missed. Owned by the hub's thread.
 */
final class Subscriptions {
  private static final int CATCH_UP_DEVICES = 4_096;
  private static final int CATCH_UP_ENTRIES = 256;

  /** A tenth of the hub's time at most goes into snapshots, up to this rest between them. */
  private static final int SNAPSHOT_SHARE = 10;

  private static final long MAX_SNAPSHOT_REST_NANOS = 100_000_000;

  private final Views views;
  private final Encoder encoder;
  private final EventFeed feed;
  private final HealthWatch health;
  private final HubClock clock;
  private final Mending mending;
  private final LongSupplier nextUpdate;
  private final Map<LiveSession, Seat> seats = new HashMap<>();
  private final ArrayDeque<Newcomer> newcomers = new ArrayDeque<>();
  private long nextAdmitNanos;

  Subscriptions(
      Views views,
      Encoder encoder,
      EventFeed feed,
      HealthWatch health,
      HubClock clock,
      Mending mending,
      LongSupplier nextUpdate) {
    this.views = views;
    this.encoder = encoder;
    this.feed = feed;
    this.health = health;
    this.clock = clock;
    this.mending = mending;
    this.nextUpdate = nextUpdate;
    nextAdmitNanos = clock.nanos();
  }

  /** How many browsers have a place or wait for one. */
  int size() {
    return seats.size() + newcomers.size();
  }

  void add(Newcomer newcomer) {
    newcomers.add(newcomer);
  }

  /** When newcomers are next admitted; far away where none wait. */
  long dueNanos() {
    return newcomers.isEmpty() ? Long.MAX_VALUE : nextAdmitNanos;
  }

  void left(LiveSession session) {
    newcomers.removeIf(newcomer -> newcomer.session() == session);
    Seat seat = seats.remove(session);
    if (seat != null) {
      views.leave(seat.view, session.wire());
    }
  }

  /** Gives all who wait their snapshots, unless the last ones were a moment ago. */
  void admit(long now) {
    if (newcomers.isEmpty() || now < nextAdmitNanos) {
      return;
    }
    if (!mending.presentable(now)) {
      nextAdmitNanos = now + 10_000_000;
      return;
    }
    Map<View, Opening> encoded = new HashMap<>();
    for (int waiting = newcomers.size(); waiting > 0; waiting--) {
      Newcomer newcomer = newcomers.removeFirst();
      Long since = newcomer.since();
      if (since != null && since > feed.ring().newest() && !newcomer.known()) {
        askHistory(newcomer, since);
      } else {
        seat(newcomer, encoded);
      }
    }
    release(encoded);
    long end = clock.nanos();
    nextAdmitNanos = end + Math.min(MAX_SNAPSHOT_REST_NANOS, (end - now) * (SNAPSHOT_SHARE - 1));
  }

  /** A cursor that we have not reached: of another gateway that is ahead, or of another log. */
  private void askHistory(Newcomer newcomer, long since) {
    mending.blocking(
        () -> {
          boolean real;
          try {
            real = mending.newest() >= since;
          } catch (HistoryUnavailable e) {
            real = true;
          }
          Newcomer answered =
              new Newcomer(
                  newcomer.session(),
                  newcomer.key(),
                  newcomer.events(),
                  real ? Long.valueOf(since) : null,
                  true);
          if (!real) {
            newcomer.session().tell(Refusals.UNKNOWN_CURSOR);
          }
          mending.submit(hub -> hub.newcomer(answered));
        });
  }

  private void seat(Newcomer newcomer, Map<View, Opening> encoded) {
    LiveSession session = newcomer.session();
    if (session.isGone()) {
      return;
    }
    View view = views.join(newcomer.key(), session.wire());
    Seat seat = seats.get(session);
    if (seat == null) {
      seat = new Seat(session, view);
      seats.put(session, seat);
    } else {
      views.leave(seat.view, session.wire());
      seat.view = view;
    }
    seat.generation++;
    seat.events = newcomer.events();
    List<ByteBuf> frames = first(seat, encoded);
    long newest = feed.ring().newest();
    long seq = newcomer.since() == null ? newest : newcomer.since();
    if (newcomer.events() && newcomer.since() == null) {
      frames.add(encoder.message(new ServerMessage.Events(List.of(), Cursors.text(newest))));
    }
    session.post(new Attachment(view, seat.generation, frames, newcomer.events(), seq), newest);
  }

  private Opening opening(View view) {
    return new Opening(
        view.seenOn(Wire.JSON) ? encoder.snapshot(view, Wire.JSON) : List.of(),
        view.seenOn(Wire.BINARY) ? encoder.snapshot(view, Wire.BINARY) : List.of(),
        encoder.pending(view, feed.pending()),
        encoder.message(health.now()));
  }

  /** The frames that a browser gets first; the list is the caller's, with a reference to each. */
  private List<ByteBuf> first(Seat seat, Map<View, Opening> encoded) {
    Opening shared = encoded.computeIfAbsent(seat.view, this::opening);
    List<ByteBuf> frames = new ArrayList<>();
    shared.snapshot(seat.session.wire()).forEach(frame -> frames.add(frame.retainedDuplicate()));
    if (shared.pending() != null && seat.events) {
      frames.add(shared.pending().retainedDuplicate());
    }
    frames.add(shared.health().retainedDuplicate());
    return frames;
  }

  /** Sends every browser a new snapshot; where it is in the log stays. */
  void refreshAll() {
    Map<View, Opening> encoded = new LinkedHashMap<>();
    long newest = feed.ring().newest();
    for (Seat seat : seats.values()) {
      seat.generation++;
      List<ByteBuf> frames = first(seat, encoded);
      seat.session.post(
          new Attachment(seat.view, seat.generation, frames, seat.events, Attachment.KEEP), newest);
    }
    release(encoded);
  }

  /** Answers a browser that can be written to again. */
  void catchUp(CatchUp.Request request) {
    Seat seat = seats.get(request.session());
    if (seat == null || seat.generation != request.generation()) {
      return;
    }
    long after = request.afterSeq();
    if (after < 0) {
      answer(seat, request, null, -1);
    } else if (feed.ring().newest() - after > Limits.MAX_RESUME_ENTRIES) {
      ServerMessage gap =
          new ServerMessage.Gap(Cursors.text(after), Cursors.text(feed.ring().newest()));
      answer(seat, request, new Encoder.Entries(encoder.message(gap), 0), feed.ring().newest());
    } else {
      List<LogEntry> entries = feed.ring().after(after, CATCH_UP_ENTRIES);
      if (entries == null) {
        readForOne(request, after);
      } else {
        answer(seat, request, encoder.entries(seat.view, entries), end(entries, after));
      }
    }
  }

  private void readForOne(CatchUp.Request request, long after) {
    mending.blocking(
        () -> {
          List<LogEntry> found;
          try {
            found = mending.read(after, CATCH_UP_ENTRIES);
          } catch (HistoryUnavailable e) {
            found = List.of();
          }
          List<LogEntry> entries = found;
          mending.submit(
              hub -> {
                Seat seat = seats.get(request.session());
                if (seat != null && seat.generation == request.generation()) {
                  answer(seat, request, encoder.entries(seat.view, entries), end(entries, after));
                }
              });
        });
  }

  private static long end(List<LogEntry> entries, long after) {
    return entries.isEmpty() ? after : entries.getLast().seq();
  }

  private void answer(
      Seat seat, CatchUp.Request request, Encoder.@Nullable Entries entries, long lastSeq) {
    BitSet dirty = request.dirty();
    BitSet rest = null;
    ByteBuf updates = null;
    long n = 0;
    if (dirty != null) {
      rest = cut(dirty);
      n = nextUpdate.getAsLong();
      updates = encoder.newest(seat.view, n, dirty, seat.session.wire());
    }
    ByteBuf pending = request.pending() ? encoder.pending(seat.view, feed.pending()) : null;
    request
        .session()
        .post(
            new CatchUp.Answer(
                request.generation(),
                n,
                updates,
                dirty,
                rest,
                pending,
                entries == null ? null : entries.buffer(),
                lastSeq,
                entries == null ? 0 : entries.count()));
  }

  /** Leaves the first so many in the set; gives the others, or null where there are none. */
  private static @Nullable BitSet cut(BitSet dirty) {
    int count = 0;
    for (int at = dirty.nextSetBit(0); at >= 0; at = dirty.nextSetBit(at + 1)) {
      if (++count > CATCH_UP_DEVICES) {
        BitSet rest = (BitSet) dirty.clone();
        rest.clear(0, at);
        dirty.clear(at, dirty.length());
        return rest;
      }
    }
    return null;
  }

  private static void release(Map<View, Opening> encoded) {
    encoded.values().forEach(Opening::release);
  }

  /** What all newcomers of one instant to one view are told first. */
  private record Opening(
      List<ByteBuf> json, List<ByteBuf> binary, @Nullable ByteBuf pending, ByteBuf health) {
    List<ByteBuf> snapshot(Wire wire) {
      return wire == Wire.BINARY ? binary : json;
    }

    void release() {
      json.forEach(ByteBuf::release);
      binary.forEach(ByteBuf::release);
      if (pending != null) {
        pending.release();
      }
      health.release();
    }
  }
}
