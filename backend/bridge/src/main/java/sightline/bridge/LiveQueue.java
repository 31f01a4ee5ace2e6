package sightline.bridge;

import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The bounded queue between the live MQTT connection and the rounds thread: so many publishes, and
 * so many positions of backlogs in them. Overflow: the MQTT thread waits, so that TCP holds the
 * broker back; what comes from elsewhere is dropped.
 */
final class LiveQueue {
  /** Some 10 MB. */
  static final int MOST_BACKLOG_POSITIONS = 100_000;

  private final ArrayBlockingQueue<LiveInput> queue;
  private final Semaphore backlogRoom = new Semaphore(MOST_BACKLOG_POSITIONS);

  LiveQueue(int capacity) {
    queue = new ArrayBlockingQueue<>(capacity);
  }

  /** Waits for room; on the MQTT thread alone. */
  void put(LiveInput input) {
    int positions = input.backlogPositions();
    if (positions > 0) {
      backlogRoom.acquireUninterruptibly(positions);
    }
    boolean interrupted = false;
    while (true) {
      try {
        queue.put(input);
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Adds it where there is room, and says so: for what may be lost, such as a sign of life. */
  boolean offer(LiveInput input) {
    return queue.offer(input);
  }

  /** Takes all that is there, after waiting for the first one. */
  void take(List<LiveInput> into, long waitMillis) throws InterruptedException {
    LiveInput first = queue.poll(waitMillis, TimeUnit.MILLISECONDS);
    if (first != null) {
      into.add(first);
      queue.drainTo(into);
      int positions = 0;
      for (LiveInput input : into) {
        positions += input.backlogPositions();
      }
      backlogRoom.release(positions);
    }
  }

  int depth() {
    return queue.size();
  }
}
