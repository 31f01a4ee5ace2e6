package sightline.redis;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.time.Duration;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sightline.bus.BusMessage;
import sightline.bus.LiveBus;

/**
 * Listens to the channel, on a connection of its own. Messages are read and handed to listeners on
 * Lettuce's thread of that connection; while that is busy, Redis keeps what comes up to its own
 * bound, and then ends the connection: a hole in the batches, which listeners find by the numbers.
 */
final class Subscriber implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Subscriber.class);

  private final Duration timeout;
  private final CopyOnWriteArrayList<Listener> listeners = new CopyOnWriteArrayList<>();
  private final CountDownLatch first = new CountDownLatch(1);
  private final KeptConnection<StatefulRedisPubSubConnection<byte[], byte[]>> kept;
  private volatile boolean complained;

  Subscriber(RedisClient client, Keys keys, Duration timeout) {
    this.timeout = timeout;
    kept =
        new KeptConnection<>(
            "live",
            timeout,
            () -> client.connectPubSub(ByteArrayCodec.INSTANCE),
            connection -> listen(connection, keys.channel),
            connection -> answers(connection.async().ping()));
    kept.start(first::countDown);
  }

  /** Adds a listener, once the first subscription stands or has failed. */
  LiveBus.Subscription add(Consumer<BusMessage> listener) {
    try {
      boolean _ = first.await(timeout.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Listener added = new Listener(listener);
    listeners.add(added);
    begin(added);
    return () -> {
      listeners.remove(added);
      added.end();
    };
  }

  /** What comes before the answer to a ping was published before the listener came. */
  private void begin(Listener added) {
    StatefulRedisPubSubConnection<byte[], byte[]> connection = kept.current();
    if (connection != null) {
      try {
        var begun = connection.async().ping().whenComplete((answer, error) -> added.begin());
        var _ = begun.toCompletableFuture().get(timeout.toNanos(), TimeUnit.NANOSECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (ExecutionException | TimeoutException | RedisException e) {
        LOG.debug("the subscription's ping: {}", e.toString());
      }
    }
    added.begin();
  }

  private void listen(StatefulRedisPubSubConnection<byte[], byte[]> connection, byte[] channel) {
    connection.addListener(
        new RedisPubSubAdapter<>() {
          @Override
          public void message(byte[] from, byte[] message) {
            deliver(message);
          }
        });
    connection.sync().subscribe(channel);
  }

  private void deliver(byte[] bytes) {
    if (listeners.isEmpty()) {
      return; // The probe listens for a moment now and then.
    }
    try {
      BusMessage message = MessageForm.read(bytes);
      listeners.forEach(listener -> listener.accept(message));
    } catch (UnknownForm e) {
      // What it was about is mended as a hole is; one line is enough for a whole release.
      if (!complained) {
        complained = true;
        LOG.warn("A message on the bus can't be read: {}", e.getMessage());
      }
    }
  }

  private boolean answers(RedisFuture<String> ping) throws InterruptedException {
    try {
      return ping.await(2 * timeout.toNanos(), TimeUnit.NANOSECONDS);
    } catch (RedisException e) {
      return false;
    }
  }

  @Override
  public void close() {
    kept.close();
    listeners.clear();
  }

  /** A listener that gets nothing before it has begun, and nothing once it has ended. */
  private static final class Listener {
    private final Consumer<BusMessage> consumer;
    private final ReentrantLock lock = new ReentrantLock();
    private boolean begun;
    private boolean ended;

    Listener(Consumer<BusMessage> consumer) {
      this.consumer = consumer;
    }

    void accept(BusMessage message) {
      lock.lock();
      try {
        if (begun && !ended) {
          consumer.accept(message);
        }
      } finally {
        lock.unlock();
      }
    }

    void begin() {
      lock.lock();
      try {
        begun = true;
      } finally {
        lock.unlock();
      }
    }

    void end() {
      lock.lock();
      try {
        ended = true;
      } finally {
        lock.unlock();
      }
    }
  }
}
