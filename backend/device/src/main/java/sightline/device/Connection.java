package sightline.device;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a device connected: one {@link Link} at a time, and a random wait before each new one.
 * Owned by the device thread.
 */
final class Connection {
  private enum State {
    IDLE,
    CONNECTING,
    ONLINE,
    WAITING,
    CLOSED
  }

  private final DeviceSettings settings;
  private final DeviceExecutor executor;
  private final Consumer<Link> online;
  private final Offline offline;
  private final Backoff backoff;
  private State state = State.IDLE;
  private @Nullable Link link;
  private @Nullable Future<?> retry;
  private int attempts;
  private volatile boolean closed;

  /** Hears that there is no connection, why, and when the next attempt starts. */
  @FunctionalInterface
  interface Offline {
    void accept(Throwable cause, Duration retryIn);
  }

  Connection(
      DeviceSettings settings, DeviceExecutor executor, Consumer<Link> online, Offline offline) {
    this.settings = settings;
    this.executor = executor;
    this.online = online;
    this.offline = offline;
    backoff = new Backoff(settings.random(), System::nanoTime);
  }

  /** Connects at once. Does nothing when it is connected, or closed. */
  void open() {
    if (state != State.IDLE && state != State.WAITING) {
      return;
    }
    state = State.CONNECTING;
    BrokerAddress broker = settings.brokers().get(attempts++ % settings.brokers().size());
    Link attempt = new Link(settings, broker, executor, this::lostLater);
    link = attempt;
    var unused =
        attempt
            .connect()
            .whenComplete(
                (ok, failure) -> {
                  if (closed) {
                    attempt.cut();
                  } else if (failure == null) {
                    executor.execute(() -> connected(attempt));
                  } else {
                    lostLater(attempt, failure);
                  }
                });
  }

  /** The broker serves this link as it should: the next loss starts with short waits again. */
  void works(Link served) {
    if (link == served) {
      backoff.reset();
    }
  }

  /** The broker doesn't serve this link: another attempt may do better. */
  void giveUp(Link useless, Throwable cause) {
    if (link == useless) {
      useless.cut();
      lost(useless, cause);
    }
  }

  /** Drops the network without a word, and stays away until {@link #comeBack}. */
  void goDark() {
    if (state == State.CLOSED) {
      return;
    }
    Link cut = release(State.IDLE);
    if (cut != null) {
      cut.cut();
    }
    offline.accept(new IOException("the network was given up"), Duration.ZERO);
  }

  /** Ends {@link #goDark}: connects after the usual random wait. */
  void comeBack() {
    if (state == State.IDLE) {
      state = State.WAITING;
      retry = executor.schedule(this::open, backoff.next());
    }
  }

  /** Publishes the offline status, says goodbye, and never connects again. */
  CompletableFuture<?> close() {
    closed = true;
    boolean wasOnline = state == State.ONLINE;
    Link last = release(State.CLOSED);
    if (last == null) {
      return CompletableFuture.completedFuture(null);
    } else if (!wasOnline) {
      return last.disconnect().exceptionally(notConnected -> null);
    }
    return last.publish(settings.topic("status"), settings.offlineStatus(), 1, true)
        .exceptionally(unsaid -> null)
        .thenCompose(said -> last.disconnect());
  }

  private @Nullable Link release(State next) {
    state = next;
    Link released = link;
    link = null;
    if (retry != null) {
      retry.cancel(false);
      retry = null;
    }
    return released;
  }

  private void connected(Link attempt) {
    if (link != attempt) {
      attempt.cut();
      return;
    }
    state = State.ONLINE;
    online.accept(attempt);
  }

  private void lostLater(Link gone, Throwable cause) {
    executor.execute(() -> lost(gone, cause));
  }

  private void lost(Link gone, Throwable cause) {
    if (link != gone) {
      return;
    }
    Duration delay = backoff.next();
    link = null;
    state = State.WAITING;
    retry = executor.schedule(this::open, delay);
    offline.accept(cause, delay);
  }
}
