package sightline.redis;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import sightline.bus.BusUnavailable;

/**
 * One connection for commands, that comes back by itself. A call waits for its answer for a bounded
 * time; once one has not come, further calls fail at once until it does, so that a Redis that is
 * away costs its callers one wait and not one each. Any thread may call.
 */
final class RedisLink implements AutoCloseable {
  private final Duration timeout;
  private final KeptConnection<StatefulRedisConnection<byte[], byte[]>> kept;
  private final CountDownLatch first = new CountDownLatch(1);
  private final AtomicReference<@Nullable Future<?>> unanswered = new AtomicReference<>();

  /**
   * Begins to connect.
   *
   * @param connected told on a thread of its own each time before it can be used anew
   */
  RedisLink(String name, RedisClient client, Duration timeout, Runnable connected) {
    this.timeout = timeout;
    kept =
        new KeptConnection<>(
            name,
            timeout,
            () -> client.connect(ByteArrayCodec.INSTANCE),
            connection -> {
              unanswered.set(null);
              connected.run();
            },
            connection -> answers(connection.async().ping()));
    kept.start(first::countDown);
  }

  /** Runs a script that gives a text. */
  String text(Script script, byte[][] keys, byte[]... arguments) {
    return Keys.text(run(script, ScriptOutputType.VALUE, keys, arguments));
  }

  /** Runs a script that gives a list of texts (as bytes), numbers and lists. */
  List<?> list(Script script, byte[][] keys, byte[]... arguments) {
    return (List<?>) run(script, ScriptOutputType.MULTI, keys, arguments);
  }

  /** Runs a script that gives a number. */
  long number(Script script, byte[][] keys, byte[]... arguments) {
    return (Long) run(script, ScriptOutputType.INTEGER, keys, arguments);
  }

  private Object run(Script script, ScriptOutputType type, byte[][] keys, byte[]... arguments) {
    try {
      return call(script.name, redis -> redis.evalsha(script.digest, type, keys, arguments));
    } catch (BusUnavailable e) {
      if (e.getCause() instanceof RedisNoScriptException) {
        return call(script.name, redis -> redis.eval(script.body(), type, keys, arguments));
      }
      throw e;
    }
  }

  /** Sends a command and waits for its answer. */
  <T> T call(String what, Function<RedisAsyncCommands<byte[], byte[]>, RedisFuture<T>> command) {
    Future<?> waiting = unanswered.get();
    if (waiting != null && !waiting.isDone()) {
      throw new BusUnavailable(what + ": Redis does not answer", null);
    }
    StatefulRedisConnection<byte[], byte[]> connection = connection();
    if (connection == null) {
      throw new BusUnavailable(what + ": Redis is not connected", null);
    }
    RedisFuture<T> answer;
    try {
      answer = command.apply(connection.async());
    } catch (RedisException e) {
      throw new BusUnavailable(what + ": " + e.getMessage(), e);
    }
    return await(what, answer);
  }

  private <T> T await(String what, RedisFuture<T> answer) {
    try {
      return answer.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      unanswered.set(answer);
      throw new BusUnavailable(what + ": no answer in " + timeout.toMillis() + " ms", e);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new BusUnavailable(what + ": " + cause.getMessage(), cause);
    } catch (CancellationException e) {
      throw new BusUnavailable(what + ": the connection was lost", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BusUnavailable(what + ": interrupted", e);
    }
  }

  /** Whether it can be used now. */
  boolean connected() {
    return kept.current() != null;
  }

  private @Nullable StatefulRedisConnection<byte[], byte[]> connection() {
    try {
      // Only the very first connection is worth a wait.
      boolean _ = first.await(timeout.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return kept.current();
  }

  private boolean answers(RedisFuture<String> ping) throws InterruptedException {
    Future<?> waiting = unanswered.get();
    boolean answered = ping.await(2 * timeout.toNanos(), TimeUnit.NANOSECONDS);
    return answered || (waiting != null && waiting.isDone());
  }

  @Override
  public void close() {
    kept.close();
  }
}
