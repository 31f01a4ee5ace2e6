package sightline.redis;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sightline.bus.BusMessage;
import sightline.bus.BusUnavailable;
import sightline.bus.DeviceRecord;
import sightline.bus.Fenced;
import sightline.bus.HotState;
import sightline.bus.LiveBus;
import sightline.bus.PositionStream;
import sightline.bus.StreamState;
import sightline.protocol.DeviceEvent;
import sightline.protocol.EventKey;
import sightline.protocol.LogEntry;
import sightline.protocol.Position;

/**
 * The three ports on Redis. A writer's round must find hot state as this writer left it: after any
 * failure, a new connection, or a Redis that lost or turned back its data, a round fails until
 * {@link #rewrite} has written it anew. Any thread may call; one at a time writes.
 */
public final class RedisBus implements LiveBus, HotState, PositionStream {
  private static final Logger LOG = LoggerFactory.getLogger(RedisBus.class);

  private static final String OK = "ok";
  private static final String LOST = "lost";
  private static final String FENCED = "fenced";

  private final Keys keys;
  private final RedisSettings settings;
  private final int streamCap;

  /** The last position of the newest chunk that could not be read, and is set aside. */
  private final AtomicLong asideThrough = new AtomicLong();

  private final RedisClients clients;
  private final RedisLink writing;
  private final RedisLink reading;
  private final ReentrantLock lock = new ReentrantLock();

  @GuardedBy("lock")
  private @Nullable Subscriber subscriber;

  /** Hot state as this writer left it; null before its first write. */
  @GuardedBy("lock")
  private @Nullable Place place;

  /** Whether hot state may be another than this writer left. */
  private volatile boolean doubtful;

  /** Owned by the thread that connects. */
  private boolean connectedBefore;

  private record Place(String epoch, long token, long number) {}

  /**
   * Begins to connect; Redis may be away.
   *
   * @param streamCap how many positions the stream holds before it drops the oldest
   */
  public RedisBus(RedisSettings settings, int streamCap) {
    this.settings = settings;
    this.streamCap = streamCap;
    keys = new Keys(settings.prefix());
    clients = new RedisClients(settings);
    writing = new RedisLink("write", clients.client(), settings.timeout(), this::connectedAnew);
    reading = new RedisLink("read", clients.client(), settings.timeout(), () -> {});
  }

  /**
   * Redis may be another one, or have lost or turned back its data, or an answer may be missing.
   */
  private void connectedAnew() {
    doubtful = connectedBefore;
    connectedBefore = true;
  }

  /** Whether Redis answers, as far as is known. */
  public boolean connected() {
    return writing.connected();
  }

  /** Asks Redis, and waits for its answer as for any other. */
  public boolean answers() {
    try {
      String _ = writing.call("ping", redis -> redis.ping());
      return true;
    } catch (BusUnavailable e) {
      return false;
    }
  }

  /** The lease of bridges over the same connection. */
  public RedisLease lease(String owner) {
    return new RedisLease(owner, settings.leaseFor(), keys, writing);
  }

  /** The probe's measurements over the same connections. */
  public RedisRounds rounds() {
    return new RedisRounds(keys, writing, reading);
  }

  /** What gateways tell one another, over the same connections. */
  public RedisGateways gateways() {
    return new RedisGateways(keys, writing, reading);
  }

  @Override
  public StreamState round(BusMessage.Batch batch, List<Position> positions, boolean awaited) {
    lock.lock();
    try {
      RoundArguments arguments = new RoundArguments(batch, positions, streamCap, awaited);
      byte[][] sent = arguments.toArray(keys.channel, trusted());
      byte[][] at = {keys.head, keys.devices, keys.stream};
      String[] state = wrote(Script.ROUND, batch.token(), at, sent).split(" ", -1);
      place = new Place(batch.epoch(), batch.token(), batch.number());
      return new StreamState(
          Long.parseLong(state[1]), Long.parseLong(state[2]), Long.parseLong(state[3]), streamCap);
    } finally {
      lock.unlock();
    }
  }

  /** The epoch and number that must stand in Redis; two empty ones before the first write. */
  @GuardedBy("lock")
  private byte[][] trusted() {
    Place left = place;
    if (left == null) {
      return new byte[][] {new byte[0], new byte[0]};
    }
    if (doubtful) {
      throw new BusUnavailable(
          "hot state in Redis may be lost or old, and is to be rewritten", null);
    }
    return new byte[][] {Keys.bytes(left.epoch), Keys.bytes(left.number)};
  }

  @GuardedBy("lock")
  private String wrote(Script script, long token, byte[][] at, byte[]... arguments) {
    String answer;
    try {
      answer = writing.text(script, at, arguments);
    } catch (BusUnavailable e) {
      doubtful = true;
      throw e;
    }
    if (answer.startsWith(OK)) {
      return answer;
    }
    switch (answer) {
      case FENCED -> throw new Fenced(token);
      case LOST -> {
        doubtful = true;
        throw new BusUnavailable("Redis has lost or turned back hot state", null);
      }
      default -> throw new IllegalStateException(script.name + " gave " + answer);
    }
  }

  @Override
  public void pending(long token, List<DeviceEvent> events) {
    List<byte[]> stored = events.stream().map(StoredForm::event).toList();
    lock.lock();
    try {
      List<byte[]> arguments = new ArrayList<>();
      arguments.add(Keys.bytes(token));
      arguments.add(trusted()[0]);
      arguments.add(keys.channel);
      arguments.add(MessageForm.pending(stored));
      for (int i = 0; i < stored.size(); i++) {
        arguments.add(field(events.get(i).key()));
        arguments.add(stored.get(i));
      }
      String _ =
          wrote(
              Script.PENDING,
              token,
              new byte[][] {keys.head, keys.pending},
              arguments.toArray(byte[][]::new));
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void entries(List<LogEntry> entries) {
    List<byte[]> arguments = new ArrayList<>();
    arguments.add(keys.channel);
    arguments.add(MessageForm.entries(entries));
    entries.forEach(entry -> arguments.add(field(entry.key())));
    lock.lock();
    try {
      String _ =
          wrote(Script.ENTRIES, 0, new byte[][] {keys.pending}, arguments.toArray(byte[][]::new));
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void unrecorded(EventKey key, String reason) {
    lock.lock();
    try {
      String _ =
          wrote(
              Script.UNRECORDED,
              0,
              new byte[][] {keys.pending},
              keys.channel,
              MessageForm.unrecorded(key, reason),
              field(key),
              Keys.bytes(reason));
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void beat(BusMessage beat) {
    byte[] message = MessageForm.beat(beat);
    Long _ = writing.call("beat", redis -> redis.publish(keys.channel, message));
  }

  @Override
  public Subscription subscribe(Consumer<BusMessage> listener) {
    Subscriber shared;
    lock.lock();
    try {
      shared =
          subscriber == null
              ? new Subscriber(clients.client(), keys, settings.timeout())
              : subscriber;
      subscriber = shared;
    } finally {
      lock.unlock();
    }
    return shared.add(listener);
  }

  @Override
  public Snapshot read() {
    return HotForm.read(
        reading.list(Script.HOT, new byte[][] {keys.head, keys.devices, keys.pending}));
  }

  @Override
  public void rewrite(Snapshot snapshot) {
    lock.lock();
    try {
      // Set first: a connection that breaks meanwhile must not be overlooked.
      doubtful = false;
      String _ =
          wrote(
              Script.REWRITE,
              snapshot.token(),
              new byte[][] {keys.head, keys.devices, keys.pending},
              HotForm.write(snapshot));
      place = new Place(snapshot.epoch(), snapshot.token(), snapshot.number());
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Page read(Cursor after, int limit) {
    List<?> answer =
        reading.list(
            Script.PAGE,
            new byte[][] {keys.head, keys.stream},
            Keys.bytes(after.epoch()),
            Keys.bytes(after.id()),
            Keys.bytes(limit));
    return StreamPage.read(answer, limit, this::setAside);
  }

  /** The recorder alone reads the stream, and in its order: what comes again is kept already. */
  private void setAside(long last, byte[] chunk) {
    if (asideThrough.getAndAccumulate(last, Math::max) < last) {
      long kept = reading.number(Script.ASIDE, new byte[][] {keys.unreadable}, chunk);
      LOG.error(
          "A chunk of the stream of positions can't be read, and is one of {} kept in {}",
          kept,
          Keys.text(keys.unreadable));
    }
  }

  @Override
  public void trim(Cursor through) {
    String _ =
        reading.text(
            Script.TRIM,
            new byte[][] {keys.head, keys.stream},
            Keys.bytes(through.epoch()),
            Keys.bytes(through.id()));
  }

  @Override
  public long size() {
    return reading.number(Script.SIZE, new byte[][] {keys.head, keys.stream});
  }

  @Override
  public long cap() {
    return streamCap;
  }

  @Override
  public void close() {
    Subscriber shared;
    lock.lock();
    try {
      shared = subscriber;
      subscriber = null;
    } finally {
      lock.unlock();
    }
    if (shared != null) {
      shared.close();
    }
    writing.close();
    reading.close();
    clients.close();
  }

  /** The field of the pending events' hash; an id never holds a zero. */
  static byte[] field(EventKey key) {
    return Keys.bytes(key.device() + '\0' + key.event());
  }

  /** A record's bytes are made once, for the batch and for the hash. */
  static List<byte[]> records(List<DeviceRecord> devices) {
    return devices.stream().map(StoredForm::device).toList();
  }
}
