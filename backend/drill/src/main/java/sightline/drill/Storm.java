package sightline.drill;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * The broker killed under a large fleet and many browsers: when each device connects again, and
 * what backs up behind them. Owned by the thread that drills.
 */
final class Storm extends StackSite {
  private static final int BUCKET_MILLIS = 100;
  private static final long WHOLE_MILLIS = 10_000;

  /** Five seconds of jitter put 2 % into a tenth of a second. */
  private static final double FULLEST = 0.1;

  private static final long LOOK_MILLIS = 50;

  private final Returns returns = new Returns();
  private final BrokerLog log;
  private final Depths depths;
  private long struckNanos;

  Storm(StackProcess stack, RandomGenerator random) throws IOException {
    super(stack, Fault.STORM, random);
    log = new BrokerLog(stack.folder().resolve("log/mosquitto.log"), returns);
    depths = new Depths(stack);
  }

  @Override
  public void begin(Scene scene) {
    log.start();
    depths.start();
  }

  @Override
  public void strike() throws IOException, InterruptedException {
    struckNanos = System.nanoTime();
    log.struck(struckNanos);
    super.strike();
  }

  /** Every event may be there before the last unit of the fleet is. */
  private void awaitFleet() throws InterruptedException {
    long deadline = struckNanos + TimeUnit.MILLISECONDS.toNanos(WHOLE_MILLIS);
    while (log.devices() < stack().units() && System.nanoTime() - deadline < 0) {
      Thread.sleep(LOOK_MILLIS);
    }
  }

  @Override
  public Observed observed() throws InterruptedException {
    awaitFleet();
    List<String> lines = new ArrayList<>();
    lines.add(
        "devices that connected per %d ms after the kills: %d in all, the last after %.2f s:"
            .formatted(BUCKET_MILLIS, returns.count(), returns.lastMillis() / 1_000.0));
    lines.addAll(returns.lines(BUCKET_MILLIS));
    Depths.Most most = depths.most();
    lines.add(
        "the bridge's queue held %d at most, of %d; its uncommitted events %d, of %d (%d looks)"
            .formatted(
                most.queue(),
                Depths.QUEUE_BOUND,
                most.events(),
                Depths.EVENTS_BOUND,
                most.looks()));
    lines.add(
        "Redis had at most %d bytes of commands of one client to do, and %d bytes to send to one, of %d"
            .formatted(most.commandBytes(), most.answerBytes(), Depths.BUFFER_BOUND));
    return new Observed(lines, failures(most));
  }

  private List<String> failures(Depths.Most most) {
    List<String> failures = new ArrayList<>();
    if (returns.count() == 0 || most.looks() == 0) {
      failures.add("the storm was not seen");
    }
    if (log.devices() < stack().units()) {
      failures.add("only " + log.devices() + " devices connected again after the last kill");
    }
    if (returns.fullest(BUCKET_MILLIS) > FULLEST) {
      failures.add("the devices came back in a burst");
    }
    if (returns.lastMillis() > WHOLE_MILLIS) {
      failures.add("a device took over " + WHOLE_MILLIS / 1_000 + " s to come back");
    }
    if (most.queue() >= Depths.QUEUE_BOUND
        || most.events() >= Depths.EVENTS_BOUND
        || most.answerBytes() >= Depths.BUFFER_BOUND) {
      failures.add("a queue reached its bound");
    }
    return failures;
  }

  @Override
  public void close() throws IOException {
    log.close();
    depths.close();
    super.close();
  }
}
