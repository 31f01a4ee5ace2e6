package sightline.device;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A field device: sends where it is, how it is and what happens, and keeps each event until it is
 * recorded. Its methods are for any thread; its state belongs to the device thread of its {@link
 * DeviceExecutor}.
 */
public final class Device implements AutoCloseable {
  private static final Duration CLOSE_DEADLINE = Duration.ofSeconds(5);

  private final DeviceSettings settings;
  private final Spool spool;
  private final DeviceListener listener;
  private final DeviceExecutor executor;
  private final boolean ownExecutor;
  private final Backlog backlog;
  private final LocationSender locations;
  private final BacklogSender late;
  private final StatusSender statuses;
  private final EventSender events;
  private final Connection connection;
  private final AtomicBoolean started = new AtomicBoolean();
  private final AtomicLong eventNumber = new AtomicLong();
  private final AtomicLong accepted = new AtomicLong();
  private final AtomicLong connects = new AtomicLong();
  private final CompletableFuture<Void> closed = new CompletableFuture<>();
  private final AtomicBoolean closing = new AtomicBoolean();
  private volatile boolean online;
  private @Nullable Link current;

  Device(
      DeviceSettings settings,
      Spool spool,
      DeviceListener listener,
      @Nullable DeviceExecutor shared) {
    this.settings = settings;
    this.spool = spool;
    this.listener = listener;
    ownExecutor = shared == null;
    executor = shared == null ? new DeviceExecutor("device-" + settings.id(), 1) : shared;
    Path directory = spool.directory();
    int most = settings.backlogPositions();
    backlog =
        directory == null
            ? new MemoryBacklog(most)
            : new DiskBacklog(directory.resolve("positions"), most);
    late = new BacklogSender(settings, executor, listener, backlog);
    locations = new LocationSender(settings, executor, listener, backlog, late::kept);
    statuses = new StatusSender(settings, executor);
    events = new EventSender(settings, executor, listener, spool, this::giveUp);
    connection = new Connection(settings, executor, this::online, this::offline);
  }

  /**
   * Begins a device.
   *
   * @param id matches {@code [A-Za-z0-9_-]{1,64}}; its client id and part of its topics
   */
  public static DeviceBuilder builder(String id) {
    return new DeviceBuilder(id);
  }

  /**
   * Opens the spool and connects, in the background, again and again until it is closed.
   *
   * @throws SpoolException when the spool can't be used
   */
  public void start() throws SpoolException {
    if (started.compareAndSet(false, true)) {
      spool.open();
      backlog.open();
      executor.execute(connection::open);
    }
  }

  public String id() {
    return settings.id();
  }

  /** Random for each {@link Device}: tells one life of a device from the next. */
  public String session() {
    return settings.session();
  }

  /**
   * Sends a position now, or keeps it in the backlog, beside the spool where that is on disk, until
   * it is recorded. Never waits for network or disk, never fails.
   */
  public void report(Location location) {
    locations.report(location);
  }

  /**
   * Publishes a status, retained, where it differs from the last; the newest wins. Never blocks.
   */
  public void report(Status status) {
    statuses.report(status);
  }

  /**
   * Keeps an event, then sends it until it is answered. Once this returns, the event is safe; it
   * blocks for as long as the disk takes.
   *
   * @return the event's id
   * @throws SpoolFullException when too many are unanswered; the event was not accepted
   * @throws SpoolException when the disk refuses; the event was not accepted
   * @throws IllegalArgumentException when it is over 16 KiB, or its id waits for an answer already
   */
  public String send(Event event) throws SpoolException {
    String own = event.id();
    String id = own != null ? own : settings.session() + "-" + eventNumber.incrementAndGet();
    long happened = event.timestamp() == 0 ? settings.clock().millis() : event.timestamp();
    byte[] payload = event.encode(id, happened);
    if (payload.length > DeviceSettings.MAX_PAYLOAD) {
      throw new IllegalArgumentException("an event is at most 16 KiB, not " + payload.length);
    }
    spool.append(id, payload);
    accepted.incrementAndGet();
    executor.execute(events::pump);
    return id;
  }

  /**
   * Drops the connection without a DISCONNECT, as a tunnel does, so that the broker publishes the
   * last will, and stays away until {@link #comeBack}. For simulations and tests.
   */
  public void goDark() {
    executor.execute(connection::goDark);
  }

  /** Ends {@link #goDark}: connects after a random wait, as after any loss. */
  public void comeBack() {
    executor.execute(connection::comeBack);
  }

  public DeviceStats stats() {
    return new DeviceStats(
        online,
        connects.get(),
        locations.sent(),
        late.delivered(),
        backlog.size(),
        backlog.shed() + locations.notKept(),
        late.refused(),
        accepted.get(),
        events.published(),
        events.acknowledged(),
        events.rejected(),
        spool.size());
  }

  /** Closes within 5 s: publishes that it is offline, disconnects, closes the spool. Idempotent. */
  @Override
  public void close() {
    if (executor.isDeviceThread()) {
      throw new IllegalStateException("close a device from another thread than its listener's");
    }
    try {
      closeAsync().get(CLOSE_DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      finish();
    } catch (InterruptedException e) {
      finish();
      Thread.currentThread().interrupt();
    }
  }

  /** Begins to close; many devices can close at the same time. {@link #close} adds the deadline. */
  public CompletableFuture<Void> closeAsync() {
    if (closing.compareAndSet(false, true)) {
      executor.execute(
          () -> {
            unlink();
            var unused = connection.close().whenComplete((ok, failure) -> finish());
          });
    }
    return closed;
  }

  private void finish() {
    try {
      spool.close();
      backlog.close();
    } catch (IOException e) {
      listener.problem("the spool did not close", e);
    }
    if (ownExecutor) {
      executor.close();
    }
    closed.complete(null);
  }

  private void online(Link link) {
    current = link;
    connects.incrementAndGet();
    var unused =
        link.subscribe(settings.topic("acks"), this::answered)
            .whenComplete((ok, failure) -> executor.execute(() -> subscribed(link, failure)));
    statuses.online(link);
    locations.online(link);
    online = true;
    listener.connected();
  }

  /** Events and backlogs go once their answers can come. */
  private void subscribed(Link link, @Nullable Throwable failure) {
    if (failure != null) {
      giveUp(link, failure);
    } else if (link == current) {
      connection.works(link);
      events.online(link);
      late.online(link);
    }
  }

  private void giveUp(Link link, Throwable failure) {
    if (link == current) {
      listener.problem("the broker does not take events, or their answers", failure);
      connection.giveUp(link, failure);
    }
  }

  private void answered(byte[] payload) {
    Answer answer = Answer.parse(payload);
    if (answer != null) {
      executor.execute(
          () -> {
            if (answer.backlog()) {
              late.answered(answer);
            } else {
              events.answered(answer);
            }
          });
    }
  }

  private void offline(Throwable cause, Duration retryIn) {
    unlink();
    listener.disconnected(cause, retryIn.toMillis());
  }

  private void unlink() {
    online = false;
    current = null;
    locations.offline();
    statuses.offline();
    events.offline();
    late.offline();
  }
}
