package sightline.gateway;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What other threads ask of the hub, in two bounded queues: what browsers' event loops and reads of
 * history hand over, and questions of HTTP, which give way. Any thread puts; the hub's takes.
 */
final class HubQueue {
  /** Questions that wait; the admitted requests are fewer. */
  static final int MOST_QUESTIONS = 1_024;

  private static final int A_STEP = 1_024;

  /** Questions may take so much of each step; one at least is answered. */
  private static final long QUESTIONS_NANOS = 5_000_000;

  private final BlockingQueue<Consumer<HubState>> commands;
  private final BlockingQueue<Consumer<HubState>> questions =
      new ArrayBlockingQueue<>(MOST_QUESTIONS);
  private final GatewayMetrics metrics;

  /**
   * Empty ones.
   *
   * @param mostCommands a subscription, a catch-up and a goodbye for each browser, and what is read
   */
  HubQueue(int mostCommands, GatewayMetrics metrics) {
    commands = new LinkedBlockingQueue<>(mostCommands);
    this.metrics = metrics;
    metrics.hubQueue(commands, questions);
  }

  /** Hands a command over; false, and counted, where there is no room. */
  boolean offer(Consumer<HubState> command) {
    return counted(commands.offer(command));
  }

  /** Hands a question over; false, and counted, where there is no room. */
  boolean offerQuestion(Consumer<HubState> question) {
    return counted(questions.offer(question));
  }

  boolean isEmpty() {
    return commands.isEmpty() && questions.isEmpty();
  }

  /** Does a step's share of what waits. */
  void work(HubState state, LongSupplier nanos) {
    for (int i = 0; i < A_STEP; i++) {
      Consumer<HubState> command = commands.poll();
      if (command == null) {
        break;
      }
      command.accept(state);
    }
    @Nullable Consumer<HubState> question = questions.poll();
    long end = question == null ? 0 : nanos.getAsLong() + QUESTIONS_NANOS;
    while (question != null) {
      question.accept(state);
      question = nanos.getAsLong() - end < 0 ? questions.poll() : null;
    }
  }

  private boolean counted(boolean taken) {
    if (!taken) {
      metrics.rejected("hub-queue");
    }
    return taken;
  }
}
