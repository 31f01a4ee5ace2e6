package sightline.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
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
import sightline.time.RoleClock;

/**
 * Who sees what: gives newcomers their snapshot and their place in one turn, the same frames to all
 * of one instant, and those who were left out what they missed. Owned by the hub's thread.
 */
final class Subscriptions {
  private static final int CATCH_UP_DEVICES = 4_096;
  private static final int CATCH_UP_ENTRIES = 256;

  /** Of entries in one answer; a whole one is told even where it is longer. */
  private static final int CATCH_UP_BYTES = 256 * 1_024;

  /** An entry without its texts. */
  private static final int ENTRY_BYTES = 256;

  /** Pictures take so much of a turn at most, or one picture; then positions come first. */
  private static final long PICTURES_NANOS = 20_000_000;

  /** And a quarter of the hub's time, up to this rest between them. */
  private static final int PICTURES_SHARE = 4;

  private static final long MAX_PICTURES_REST_NANOS = 100_000_000;

  /** What browsers missed takes so much of a turn. */
  private static final long CATCH_UPS_NANOS = 5_000_000;

  /** Who has no credit is looked at again after this. */
  private static final long LOOK_AGAIN_NANOS = 10_000_000;

  private final Places places;
  private final Encoder encoder;
  private final List<LoopFanout> loops;
  private final EventFeed feed;
  private final HealthWatch health;
  private final RoleClock clock;
  private final Mending mending;
  private final LongSupplier nextUpdate;
  private final Map<LiveSession, Seat> seats = new HashMap<>();
  private final Waiting newcomers = new Waiting();
  private final Map<LiveSession, CatchUp.Request> catchUps = new LinkedHashMap<>();
  private final HubTime time;
  private long nextAdmitNanos;
  private long nextCatchUpNanos;

  Subscriptions(
      Places places,
      Encoder encoder,
      List<LoopFanout> loops,
      EventFeed feed,
      HealthWatch health,
      RoleClock clock,
      Mending mending,
      LongSupplier nextUpdate,
      GatewayMetrics metrics) {
    this.places = places;
    this.encoder = encoder;
    this.loops = loops;
    this.feed = feed;
    this.health = health;
    this.clock = clock;
    this.mending = mending;
    this.nextUpdate = nextUpdate;
    time = new HubTime(metrics);
    nextAdmitNanos = clock.nanos();
    nextCatchUpNanos = nextAdmitNanos;
  }

  /** How many browsers have a place or wait for one. */
  int size() {
    return seats.size() + newcomers.size();
  }

  void add(Newcomer newcomer) {
    if (!newcomer.session().isGone()) {
      newcomers.add(newcomer);
    }
  }

  /** How many wait for something. */
  int waiting() {
    return newcomers.size() + catchUps.size();
  }

  /** How many addresses have had more of the hub's time lately than they were given back. */
  int addresses() {
    return time.size();
  }

  /** When those who wait are next served, as a moment after {@code now}; far away for nobody. */
  long dueNanos(long now) {
    long due = Long.MAX_VALUE;
    if (!newcomers.isEmpty()) {
      due = nextAdmitNanos - now;
    }
    return catchUps.isEmpty() ? due : Math.min(due, nextCatchUpNanos - now);
  }

  /** Gives those who wait what they wait for, as far as this turn's share goes. */
  void serve(long now) {
    admit(now);
    catchUps(now);
  }

  void left(LiveSession session) {
    newcomers.remove(session);
    catchUps.remove(session);
    Seat seat = seats.remove(session);
    if (seat != null) {
      places.leave(seat.place, session.wire());
    }
  }

  private void admit(long now) {
    if (newcomers.isEmpty() || now - nextAdmitNanos < 0) {
      return;
    }
    if (!mending.presentable(now)) {
      nextAdmitNanos = now + LOOK_AGAIN_NANOS;
      return;
    }
    long at = clock.nanos();
    long begun = at;
    boolean somebodyMay = true;
    try (Openings openings = openings()) {
      for (int n = newcomers.size(); n > 0 && at - begun < PICTURES_NANOS; n--) {
        Newcomer newcomer = newcomers.take(session -> time.mayHavePicture(session, now));
        if (newcomer == null) {
          somebodyMay = false;
          break;
        }
        Long since = newcomer.since();
        if (since != null && since > feed.ring().newest() && !newcomer.known()) {
          askHistory(newcomer, since);
        } else {
          seat(newcomer, openings);
        }
        long end = clock.nanos();
        time.pictureTook(newcomer.session(), end - at, end);
        at = end;
      }
    }
    long rest = Math.min(MAX_PICTURES_REST_NANOS, (at - begun) * (PICTURES_SHARE - 1));
    nextAdmitNanos = at + (somebodyMay ? rest : Math.max(rest, LOOK_AGAIN_NANOS));
  }

  private void catchUps(long now) {
    if (catchUps.isEmpty() || now - nextCatchUpNanos < 0) {
      return;
    }
    long at = clock.nanos();
    long begun = at;
    List<CatchUp.Request> refused = new ArrayList<>();
    for (var waiting = catchUps.values().iterator();
        waiting.hasNext() && at - begun < CATCH_UPS_NANOS; ) {
      CatchUp.Request request = waiting.next();
      waiting.remove();
      if (!time.mayCatchUp(request.session(), now)) {
        refused.add(request);
        continue;
      }
      answer(request);
      long end = clock.nanos();
      time.catchUpTook(request.session(), end - at);
      at = end;
    }
    nextCatchUpNanos = catchUps.isEmpty() && !refused.isEmpty() ? at + LOOK_AGAIN_NANOS : at;
    refused.forEach(request -> catchUps.put(request.session(), request));
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
          Newcomer answered = newcomer.answered(real);
          if (!real) {
            newcomer.session().tell(Refusals.UNKNOWN_CURSOR);
          }
          mending.submit(hub -> hub.newcomer(answered));
        });
  }

  private Openings openings() {
    return new Openings(places, encoder, feed, health);
  }

  private void seat(Newcomer newcomer, Openings openings) {
    LiveSession session = newcomer.session();
    if (session.isGone()) {
      return;
    }
    Place place = places.join(newcomer.key(), newcomer.area(), session.wire());
    Seat seat = seats.get(session);
    if (seat == null) {
      seat = new Seat(session, place);
      seats.put(session, seat);
    } else if (!newcomer.whole()
        && seat.place.byCells()
        && place.byCells()
        && seat.events == newcomer.events()) {
      goOn(seat, place);
      return;
    } else {
      places.leave(seat.place, session.wire());
      seat.place = place;
    }
    seat.generation++;
    seat.events = newcomer.events();
    List<ByteBuf> frames = openings.frames(seat);
    long newest = feed.ring().newest();
    long seq = newcomer.since() == null ? newest : newcomer.since();
    if (newcomer.events() && newcomer.since() == null) {
      frames.add(encoder.message(new ServerMessage.Events(List.of(), Cursors.text(newest))));
    }
    attach(seat, frames, seq);
  }

  private void attach(Seat seat, List<ByteBuf> frames, long seq) {
    seat.session.post(
        new Attachment(
            seat.place,
            pins(seat.place),
            seat.generation,
            frames,
            seat.events,
            seq,
            false,
            0,
            Handles.NONE),
        feed.ring().newest());
  }

  /** The map has moved: who is no longer in it, and who has come; all else goes on. */
  private void goOn(Seat seat, Place place) {
    Wire wire = seat.session.wire();
    Numbers numbers = place.view().numbers;
    List<Slot> gone = places.beyond(seat.place, place);
    List<Slot> come = places.beyond(place, seat.place);
    places.leave(seat.place, wire);
    seat.place = place;
    List<ByteBuf> frames = new ArrayList<>();
    long n = come.isEmpty() ? 0 : nextUpdate.getAsLong();
    if (!gone.isEmpty()) {
      frames.add(encoder.removal(numbers, gone, wire));
    }
    if (!come.isEmpty()) {
      frames.add(encoder.update(numbers, n, List.of(), come, wire));
    }
    gone.addAll(come);
    seat.session.post(
        new Attachment(
            place,
            pins(place),
            seat.generation,
            frames,
            seat.events,
            Attachment.KEEP,
            true,
            n,
            new Handles(gone)),
        feed.ring().newest());
  }

  private BitSet pins(Place place) {
    BitSet pins = new BitSet();
    if (place.area() != null) {
      places.views().slots(place.view()).forEach(slot -> pins.set(slot.handle));
    }
    return pins;
  }

  /** Every browser asks for a new snapshot when it can take it; where it is in the log stays. */
  void refreshAll() {
    loops.forEach(LoopFanout::askAnew);
  }

  /** Tells counts where units are too many, and changes to and fro where their number asks it. */
  void count(long now) {
    time.prune(now);
    for (Crowd crowd : places.crowds().all()) {
      ByteBuf frame = encoder.message(crowd.count(places.fleet()));
      loops.forEach(loop -> loop.post(crowd, frame.retainedDuplicate()));
      frame.release();
    }
    for (Seat seat : seats.values()) {
      if (seat.place.misjudged()) {
        seat.session.postAskAnew();
      }
    }
  }

  /** A browser can be written to again: it has one question at a time. */
  void catchUp(CatchUp.Request request) {
    if (!request.session().isGone()) {
      catchUps.put(request.session(), request);
    }
  }

  private void answer(CatchUp.Request request) {
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
        answerWith(seat, request, within(entries), after);
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
          List<LogEntry> entries = within(found);
          mending.submit(
              hub -> {
                Seat seat = seats.get(request.session());
                if (seat != null && seat.generation == request.generation()) {
                  answerWith(seat, request, entries, after);
                }
              });
        });
  }

  /** So many of the first as make a bounded answer, one at least. */
  private static List<LogEntry> within(List<LogEntry> entries) {
    int bytes = 0;
    for (int i = 0; i < entries.size(); i++) {
      bytes += size(entries.get(i));
      if (bytes > CATCH_UP_BYTES && i > 0) {
        return entries.subList(0, i);
      }
    }
    return entries;
  }

  private static int size(LogEntry entry) {
    return switch (entry) {
      case LogEntry.Recorded recorded -> {
        String data = recorded.event().data();
        String message = recorded.event().message();
        yield ENTRY_BYTES
            + (data == null ? 0 : data.length())
            + (message == null ? 0 : message.length());
      }
      case LogEntry.Acknowledged acknowledged -> {
        String note = acknowledged.note();
        yield ENTRY_BYTES + (note == null ? 0 : note.length());
      }
    };
  }

  private void answerWith(Seat seat, CatchUp.Request request, List<LogEntry> entries, long after) {
    answer(seat, request, encoder.entries(seat.place.view(), entries), end(entries, after));
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
      updates = newest(seat, n, dirty);
    }
    ByteBuf pending = request.pending() ? encoder.pending(seat.place.view(), feed.pending()) : null;
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
                request.afterSeq(),
                lastSeq,
                entries == null ? 0 : entries.count()));
  }

  /** The newest state of these devices; those that are seen no longer are removed. */
  private @Nullable ByteBuf newest(Seat seat, long n, BitSet handles) {
    List<Slot> shown = new ArrayList<>();
    List<Slot> gone = new ArrayList<>();
    for (int handle = handles.nextSetBit(0); handle >= 0; handle = handles.nextSetBit(handle + 1)) {
      Slot slot = places.fleet().at(handle);
      (seat.place.shows(slot) ? shown : gone).add(slot);
    }
    Wire wire = seat.session.wire();
    Numbers numbers = seat.place.view().numbers;
    ByteBuf removal = gone.isEmpty() ? null : encoder.removal(numbers, gone, wire);
    ByteBuf update = shown.isEmpty() ? null : encoder.update(numbers, n, List.of(), shown, wire);
    if (removal == null || update == null) {
      return removal == null ? update : removal;
    }
    return Unpooled.wrappedBuffer(removal, update);
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
}
