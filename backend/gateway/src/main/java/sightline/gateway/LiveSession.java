package sightline.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sightline.protocol.CloseCode;
import sightline.protocol.ServerMessage;

/**
 * One browser: what it has been told, and what it is still to be told. It never has a queue: while
 * it can't be written to, changed devices gather in a set and its cursor stays. Owned by its event
 * loop; the {@code post} methods are for other threads.
 */
final class LiveSession {
  private static final Logger LOG = LoggerFactory.getLogger(LiveSession.class);
  static final int TOLD_UPDATES = 1;
  static final int TOLD_ENTRIES = 2;

  /** Entries passed over in silence before a browser is told a newer cursor. */
  private static final long SILENT_ENTRIES = 1_000;

  private static final long RETRY_NANOS = 1_000_000_000;

  /** Its index in its view's list; that list's own. */
  int memberIndex = -1;

  /** What it may have of the hub's time; the hub's own. */
  final Credit hubCredit;

  private final Channel channel;
  private final LoopFanout loop;
  private final Hub hub;
  private final Wire wire;
  private final Login login;
  private final String address;
  private final ChannelHandlerContext out;
  private final ChannelPromise unnoticed;
  private final Pace pace;
  private final Liveness liveness;
  private boolean begun;

  /** What it subscribes to next, the newest; it is asked for when the one before is written. */
  private @Nullable Newcomer wanted;

  /** What it subscribed to last. */
  private @Nullable Newcomer asked;

  private boolean asking;

  /** Devices that it names, of {@link RoomNames}. */
  private int namesHeld;

  /** Whether a picture has not left for the socket yet; there is one at most. */
  private boolean pictureWaits;

  private volatile boolean gone;
  private @Nullable Place place;
  private BitSet pins = new BitSet(0);
  private boolean unflushed;
  private int generation;
  private @Nullable BitSet dirty;
  private boolean hidden;
  private boolean events;
  private long seq;
  private long toldSeq;
  private boolean missedPending;
  private boolean missedHealth;
  private boolean catchingUp;
  private long noEntriesUntilNanos;
  private boolean closing;

  /** A browser whose pipeline begins with {@code out} and stays as it is. */
  LiveSession(
      ChannelHandlerContext out, LoopFanout loop, Hub hub, Wire wire, Login login, String address) {
    this.channel = out.channel();
    this.out = out;
    this.loop = loop;
    this.hub = hub;
    this.wire = wire;
    this.login = login;
    this.address = address;
    this.hubCredit = new Credit(HubTime.BROWSER_SHARE, HubTime.BROWSER_NANOS, loop.nowNanos());
    this.unnoticed = channel.voidPromise();
    this.pace = new Pace(loop.settings.drawnLag());
    this.liveness = new Liveness(loop.settings, loop.nowNanos());
    this.noEntriesUntilNanos = loop.nowNanos();
  }

  /** Any thread: how devices are written to it. */
  Wire wire() {
    return wire;
  }

  /** Any thread: where it comes from, as far as we can tell. */
  String address() {
    return address;
  }

  Liveness liveness() {
    return liveness;
  }

  /** Takes its place on its loop; {@link #end} is its counterpart, whatever way it ends. */
  void begin() {
    loop.metrics.clients.incrementAndGet();
    loop.add(this);
    begun = true;
  }

  /** Any thread: whether it has ended. */
  boolean isGone() {
    return gone;
  }

  /**
   * Replaces its subscription; of several that wait only the newest is ever asked for. False where
   * too many devices are named by all browsers together; then the one before stays.
   */
  boolean subscribe(Newcomer newcomer) {
    Set<String> rooms = newcomer.key().rooms();
    int names = rooms == null ? 0 : rooms.size();
    if (gone || !hub.roomNames().swap(address, namesHeld, names)) {
      return false;
    }
    namesHeld = names;
    Newcomer before = wanted;
    if (before != null) {
      loop.metrics.subscriptionsReplaced.increment();
    }
    // What a whole picture was to make good is made good by the next.
    wanted = before != null && before.whole() ? newcomer.asWhole() : newcomer;
    askNext();
    return true;
  }

  /** Its picture has to be told anew, from the beginning. */
  void askAnew() {
    Newcomer last = wanted == null ? asked : wanted;
    if (last != null) {
      wanted = wanted == null ? last.anew() : last.asWhole();
      askNext();
    }
  }

  /** Any thread: {@link #askAnew} on its loop. */
  void postAskAnew() {
    loop.run(this::askAnew, () -> {});
  }

  private void askNext() {
    Newcomer next = wanted;
    if (next != null && !asking && !pictureWaits && !gone && writable()) {
      asking = true;
      wanted = null;
      asked = next;
      hub.subscribe(next);
    }
  }

  /** Bytes that wait for its socket. */
  long pendingBytes() {
    ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
    return buffer == null ? 0 : buffer.totalPendingWriteBytes();
  }

  /** Any thread: a new subscription, and the newest entry that it accounts for. */
  void post(Attachment attachment, long newestSeq) {
    loop.run(
        () -> {
          loop.learn(newestSeq);
          attach(attachment);
        },
        attachment::release);
  }

  /** Any thread: what it missed. */
  void post(CatchUp.Answer answer) {
    loop.run(() -> caughtUp(answer), answer::release);
  }

  /** Any thread: one message; dropped where it could not be written at once. */
  void tell(ServerMessage message) {
    loop.run(
        () -> {
          if (!gone && writable()) {
            var _ = out.writeAndFlush(loop.frames().frame(message), unnoticed);
            liveness.wrote(loop.nowNanos());
          }
        },
        () -> {});
  }

  /** What a turn brought to its view; gives which of it was written. */
  int deliver(Broadcast broadcast, Broadcast.Delivery delivery) {
    boolean open = writable();
    int told = 0;
    boolean wrote = false;
    if (delivery.pending() != null && events) {
      missedPending |= !open;
      wrote = open && write(delivery.pending());
    }
    if (delivery.lastSeq() > seq && events && open && seq == delivery.firstSeq() - 1) {
      told |= entries(delivery.entries(), delivery.lastSeq());
      wrote |= told != 0;
    }
    if (delivery.slots().size() > 0) {
      ByteBuf updates = delivery.updates(wire);
      if (updates != null && open && !hidden && !pace.behind(loop.nowNanos())) {
        wrote |= write(updates);
        pace.sent(broadcast.n(), loop.nowNanos());
        told |= TOLD_UPDATES;
      } else {
        mark(delivery.slots());
      }
    }
    if (wrote) {
      out.flush();
      liveness.wrote(loop.nowNanos());
    }
    return told;
  }

  /** What a turn brought to a cell that it looks at; gives whether updates were written. */
  boolean deliver(long n, CellNews news) {
    boolean open = takesPositions();
    for (CellNews.Departure departure : news.departures()) {
      if (!looksAt(departure)) {
        ByteBuf frame = departure.frame(wire);
        if (open && frame != null && !departure.slots().anyIn(pins)) {
          writeLater(frame);
        } else {
          mark(departure.slots());
        }
      }
    }
    if (news.slots().size() == 0) {
      return false;
    }
    ByteBuf frame = news.frame(wire);
    if (open && frame != null) {
      writeLater(frame);
      pace.sent(n, loop.nowNanos());
      return true;
    }
    mark(news.slots());
    return false;
  }

  private boolean looksAt(CellNews.Departure departure) {
    Area area = place == null ? null : place.area();
    return area != null && area.containsCell(departure.column(), departure.row());
  }

  private void writeLater(ByteBuf shared) {
    var _ = write(shared);
    if (!unflushed) {
      unflushed = true;
      loop.flushLater(this);
    }
  }

  /** The turn is written. */
  void flush() {
    unflushed = false;
    out.flush();
    liveness.wrote(loop.nowNanos());
  }

  /** Counts of the area that it looks at; the next ones replace those that it misses. */
  void counts(ByteBuf frame) {
    if (writable() && !hidden) {
      var _ = write(frame);
      out.flush();
      liveness.wrote(loop.nowNanos());
    }
  }

  void tellHealth() {
    ByteBuf health = loop.health();
    missedHealth = !writable();
    if (health != null && !missedHealth) {
      write(health);
      out.flush();
    }
  }

  /** One message at once, on its own loop. */
  void sayNow(ServerMessage message) {
    if (!closing) {
      var _ = out.writeAndFlush(loop.frames().frame(message), unnoticed);
    }
  }

  /** Completes when the connection has ended. */
  CompletableFuture<Void> whenGone() {
    var ended = new CompletableFuture<Void>();
    channel.closeFuture().addListener(closed -> ended.complete(null));
    return ended;
  }

  void visible(boolean visible) {
    hidden = !visible;
    catchUp();
  }

  void drawn(long n) {
    pace.drawn(n, loop.nowNanos());
    catchUp();
  }

  /** The socket has drained, or has filled. */
  void writabilityChanged() {
    liveness.writable(channel.isWritable(), loop.nowNanos());
    if (missedHealth) {
      tellHealth();
    }
    askNext();
    catchUp();
  }

  /** Looks after it while nothing happens. */
  void tick(ByteBuf heartbeat) {
    if (!login.holds(loop.nowNanos())) {
      close(CloseCode.SIGNED_OUT);
      return;
    }
    switch (liveness.judge(loop.nowNanos(), writable())) {
      case HEARTBEAT -> {
        write(heartbeat);
        out.flush();
        liveness.heartbeat(loop.nowNanos());
      }
      case PING -> {
        var _ = out.writeAndFlush(ControlFrames.ping(), unnoticed);
      }
      case SILENT -> close(CloseCode.SILENT);
      case NOT_READING -> close(CloseCode.NOT_READING);
      case WELL -> {}
    }
    catchUp();
  }

  /** Says goodbye; the connection is closed when the browser answers, or a moment later. */
  void close(CloseCode code) {
    if (!closing) {
      closing = true;
      loop.metrics.closed(code.reason());
      ControlFrames.closeSoon(channel, out, code);
    }
  }

  /** A defect at this browser: it ends, and the others go on. */
  void fail(RuntimeException cause) {
    if (!closing) {
      LOG.error("a browser failed, and is closed", cause);
      close(CloseCode.INTERNAL);
    }
  }

  /** Monotonic ns. */
  long nanos() {
    return loop.nanos();
  }

  boolean closing() {
    return closing;
  }

  /** It has ended, in whatever way: gives back all that was held for it. */
  void end() {
    if (gone || !begun) {
      return;
    }
    gone = true;
    loop.metrics.clients.decrementAndGet();
    leavePlace();
    dirty = null;
    wanted = null;
    asked = null;
    var _ = hub.roomNames().swap(address, namesHeld, 0);
    loop.remove(this);
    hub.left(this);
  }

  private void attach(Attachment attachment) {
    if (gone || closing) {
      attachment.release();
      return;
    }
    asking = false;
    leavePlace();
    take(attachment.place());
    pins = attachment.pins();
    generation = attachment.generation();
    events = attachment.events();
    if (attachment.seq() != Attachment.KEEP) {
      seq = attachment.seq();
      toldSeq = seq;
    }
    if (attachment.goesOn()) {
      goOn(attachment);
    } else {
      dirty = null;
      catchingUp = false;
      missedPending = false;
      missedHealth = false;
      writePicture(attachment.frames());
    }
    out.flush();
    liveness.wrote(loop.nowNanos());
    askNext();
    catchUp();
  }

  /** Writes frames of which no others are asked for before these have left. */
  private void writePicture(List<ByteBuf> frames) {
    for (int i = 0; i < frames.size() - 1; i++) {
      writeOwned(frames.get(i));
    }
    if (!frames.isEmpty()) {
      pictureWaits = true;
      out.write(frames.getLast())
          .addListener(
              written -> {
                pictureWaits = false;
                askNext();
              });
    }
  }

  /** The same picture moves on: who left it, and who came. */
  private void goOn(Attachment attachment) {
    if (takesPositions()) {
      writePicture(attachment.frames());
      if (attachment.n() > 0) {
        pace.sent(attachment.n(), loop.nowNanos());
      }
    } else {
      attachment.release();
      mark(attachment.moved());
    }
  }

  private void take(Place next) {
    place = next;
    next.view().members.get(loop.index).add(this);
    next.cells().forEach(cell -> cell.watchers.get(loop.index).add(this));
    if (next.crowd() != null) {
      next.crowd().watchers.get(loop.index).add(this);
    }
  }

  private void leavePlace() {
    Place before = place;
    if (before != null) {
      before.view().members.get(loop.index).remove(this);
      before.cells().forEach(cell -> cell.watchers.get(loop.index).remove(this));
      if (before.crowd() != null) {
        before.crowd().watchers.get(loop.index).remove(this);
      }
      place = null;
    }
  }

  private boolean takesPositions() {
    return writable() && !hidden && !pace.behind(loop.nowNanos());
  }

  /** Asks the hub for what was missed, once, where it could be written now. */
  private void catchUp() {
    if (catchingUp || place == null || !writable()) {
      return;
    }
    boolean positions = dirty != null && !hidden && !pace.behind(loop.nowNanos());
    boolean entries =
        events && seq < loop.newestSeq() && loop.nowNanos() - noEntriesUntilNanos >= 0;
    if (!positions && !entries && !missedPending) {
      return;
    }
    catchingUp = true;
    hub.catchUp(
        new CatchUp.Request(
            this, generation, positions ? dirty : null, entries ? seq : -1, missedPending));
    dirty = positions ? null : dirty;
    missedPending = false;
  }

  private void caughtUp(CatchUp.Answer answer) {
    if (gone || closing || answer.generation() != generation) {
      answer.release();
      return;
    }
    catchingUp = false;
    boolean open = writable();
    if (open) {
      writeOwned(answer.pending());
      if (answer.lastSeq() > seq && answer.afterSeq() == seq) {
        loop.metrics.eventsOut.increment(answer.entryCount());
        entries(answer.entries(), answer.lastSeq());
      } else if (answer.lastSeq() >= 0 && answer.lastSeq() <= seq) {
        noEntriesUntilNanos = loop.nowNanos() + RETRY_NANOS;
      }
      if (answer.updates() != null) {
        writeOwned(answer.updates());
        pace.sent(answer.n(), loop.nowNanos());
      }
      release(answer.entries());
      out.flush();
      liveness.wrote(loop.nowNanos());
    } else {
      missedPending |= answer.pending() != null;
      again(answer.covered());
      answer.release();
    }
    again(answer.rest());
    catchUp();
  }

  /** Writes entries, or a newer cursor where many were passed over, and moves on. */
  private int entries(@Nullable ByteBuf entries, long lastSeq) {
    seq = lastSeq;
    if (entries != null) {
      toldSeq = lastSeq;
      write(entries);
      return TOLD_ENTRIES;
    }
    if (seq - toldSeq > SILENT_ENTRIES) {
      toldSeq = seq;
      ServerMessage cursor = new ServerMessage.Events(List.of(), Cursors.text(lastSeq));
      var _ = out.writeAndFlush(loop.frames().frame(cursor), unnoticed);
    }
    return 0;
  }

  private boolean writable() {
    return channel.isWritable() && !closing;
  }

  private boolean write(ByteBuf shared) {
    var _ = out.write(shared.retainedDuplicate(), unnoticed);
    return true;
  }

  private void writeOwned(@Nullable ByteBuf own) {
    if (own != null) {
      var _ = out.write(own, unnoticed);
    }
  }

  private void mark(Handles slots) {
    BitSet set = dirty == null ? new BitSet() : dirty;
    slots.addTo(set);
    dirty = set;
    loop.metrics.conflated.increment(slots.size());
  }

  private void again(@Nullable BitSet handles) {
    if (handles != null) {
      if (dirty == null) {
        dirty = handles;
      } else {
        dirty.or(handles);
      }
    }
  }

  private static void release(@Nullable ByteBuf buffer) {
    if (buffer != null) {
      buffer.release();
    }
  }
}
