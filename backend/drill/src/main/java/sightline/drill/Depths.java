package sightline.drill;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The fullest that the bridge's queue and Redis's buffers were, looked at five times a second.
 * Owned by its own thread; what it saw is for any.
 */
final class Depths implements AutoCloseable {
  /** Of the shipped settings: {@code bridge.queue-capacity}, {@code bridge.max-waiting-events}. */
  static final long QUEUE_BOUND = 16_384;

  static final long EVENTS_BOUND = 65_535;

  /** Of the shipped redis.conf, {@code client-output-buffer-limit pubsub}. */
  static final long BUFFER_BOUND = 16L << 20;

  private static final long POLL_MILLIS = 200;
  private static final Pattern COMMANDS = Pattern.compile(" qbuf=(\\d+)");
  private static final Pattern ANSWERS = Pattern.compile(" omem=(\\d+)");

  private final StackProcess stack;
  private final Thread thread = Thread.ofPlatform().daemon().name("depths").unstarted(this::run);
  private volatile boolean closing;

  @GuardedBy("this")
  private Most most = new Most(0, 0, 0, 0, 0);

  /**
   * The most of each that was seen.
   *
   * @param queue positions and statuses in the bridge, before a round
   * @param events in the bridge, not committed
   * @param commandBytes that one client has sent to Redis and that it has not executed
   * @param answerBytes that Redis holds for one client which has not read them
   * @param looks how often all was seen
   */
  record Most(long queue, long events, long commandBytes, long answerBytes, int looks) {}

  Depths(StackProcess stack) {
    this.stack = stack;
  }

  void start() {
    thread.start();
  }

  synchronized Most most() {
    return most;
  }

  private void run() {
    try {
      RedisClient redis = RedisClient.create(stack.parts().named("redis").url());
      try (var connection = redis.connect()) {
        while (!closing) {
          look(connection.sync().clientList());
          Thread.sleep(POLL_MILLIS);
        }
      } finally {
        redis.shutdown();
      }
    } catch (IOException | RedisException e) {
      System.err.println("Redis's depth is not known any more: " + e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void look(String clients) throws IOException, InterruptedException {
    long queue = 0;
    long events = 0;
    for (StackParts.Part bridge : stack.parts().of("bridge")) {
      String metrics = stack.metrics(bridge);
      queue = Math.max(queue, value(metrics, "sightline_bridge_queue_depth "));
      events = Math.max(events, value(metrics, "sightline_bridge_events_waiting "));
    }
    note(queue, events, most(COMMANDS, clients), most(ANSWERS, clients));
  }

  private synchronized void note(long queue, long events, long commands, long answers) {
    most =
        new Most(
            Math.max(most.queue, queue),
            Math.max(most.events, events),
            Math.max(most.commandBytes, commands),
            Math.max(most.answerBytes, answers),
            most.looks + 1);
  }

  private static long value(String metrics, String name) {
    return metrics
        .lines()
        .filter(line -> line.startsWith(name))
        .mapToLong(line -> (long) Double.parseDouble(line.substring(name.length())))
        .max()
        .orElse(0);
  }

  private static long most(Pattern field, String clients) {
    long most = 0;
    Matcher matcher = field.matcher(clients);
    while (matcher.find()) {
      most = Math.max(most, Long.parseLong(matcher.group(1)));
    }
    return most;
  }

  @Override
  public void close() {
    closing = true;
  }
}
