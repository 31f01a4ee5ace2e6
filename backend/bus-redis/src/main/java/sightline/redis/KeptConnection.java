package sightline.redis;

import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.api.StatefulConnection;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sightline.time.Outage;

/**
 * Keeps one connection to Redis: opens it, asks it every second whether it lives, and opens another
 * where it does not, after a pause that grows with the outage. A virtual thread of its own does all
 * of it.
 */
final class KeptConnection<C extends StatefulConnection<byte[], byte[]>> implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(KeptConnection.class);
  private static final long CHECK_MILLIS = 1_000;
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

  private final String name;
  private final Duration timeout;
  private final Supplier<C> open;
  private final Consumer<C> opened;
  private final Check<C> check;
  private final Thread thread;
  private volatile Runnable firstOpened = () -> {};
  private volatile @Nullable C current;
  private volatile boolean closing;
  private boolean everConnected;

  /** Owned by this connection's thread. */
  private final Outage outage =
      new Outage(System::nanoTime, () -> ThreadLocalRandom.current().nextDouble(), LONGEST_PAUSE);

  /** Whether a connection lives; blocks for a bounded time. */
  interface Check<C> {
    boolean lives(C connection) throws InterruptedException;
  }

  /**
   * Not started yet.
   *
   * @param opened told on the thread of this, before the connection can be used
   */
  KeptConnection(
      String name, Duration timeout, Supplier<C> open, Consumer<C> opened, Check<C> check) {
    this.name = name;
    this.timeout = timeout;
    this.open = open;
    this.opened = opened;
    this.check = check;
    thread = Thread.ofVirtual().name("redis-" + name).unstarted(this::run);
  }

  /** Starts; tells once the first connection can be used, or has failed. */
  void start(Runnable firstTried) {
    firstOpened = firstTried;
    thread.start();
  }

  /** The connection, or null while there is none. */
  @Nullable C current() {
    return current;
  }

  private void run() {
    while (!closing) {
      try {
        once();
        if (!closing) {
          Thread.sleep(outage.pause());
        }
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private void once() throws InterruptedException {
    C connection = null;
    try {
      connection = open.get();
      Semaphore gone = new Semaphore(0);
      connection.addListener(
          new RedisConnectionStateListener() {
            @Override
            public void onRedisConnected(RedisChannelHandler<?, ?> handler, SocketAddress at) {}

            @Override
            public void onRedisDisconnected(RedisChannelHandler<?, ?> handler) {
              gone.release();
            }
          });
      connection.setTimeout(timeout);
      opened.accept(connection);
      current = connection;
      firstOpened.run();
      boolean first = !everConnected;
      everConnected = true;
      if (outage.succeeded() && !first) {
        LOG.info("Redis is back ({})", name);
      }
      while (!gone.tryAcquire(CHECK_MILLIS, TimeUnit.MILLISECONDS)) {
        if (!connection.isOpen() || !check.lives(connection)) {
          break;
        }
      }
      complain("the connection was lost, or Redis does not answer");
    } catch (RuntimeException e) {
      // Of any kind: without this thread there would be no other connection for good.
      Throwable cause = e.getCause() == null ? e : e.getCause();
      complain(cause.getMessage() == null ? cause.toString() : cause.getMessage());
    } finally {
      current = null;
      firstOpened.run();
      if (connection != null) {
        connection.close();
      }
    }
  }

  private void complain(String why) {
    if (!closing && outage.failed()) {
      LOG.warn("Redis is away ({}): {}", name, why);
    }
  }

  @Override
  public void close() {
    closing = true;
    thread.interrupt();
    try {
      thread.join(timeout.plusMillis(CHECK_MILLIS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
