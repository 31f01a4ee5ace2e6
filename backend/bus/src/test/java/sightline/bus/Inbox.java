package sightline.bus;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A subscriber that keeps what it gets, in order. Any thread may add; one takes. */
public final class Inbox implements Consumer<BusMessage> {
  private static final long MOST_SECONDS = 10;

  private final BlockingQueue<BusMessage> received = new LinkedBlockingQueue<>();

  @Override
  public void accept(BusMessage message) {
    received.add(message);
  }

  /** The next message; fails where none comes in time. */
  public BusMessage next() {
    try {
      BusMessage message = received.poll(MOST_SECONDS, TimeUnit.SECONDS);
      assertNotNull(message, "no message within " + MOST_SECONDS + " s");
      return Objects.requireNonNull(message);
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted", e);
    }
  }

  /** The next few messages. */
  public List<BusMessage> next(int count) {
    List<BusMessage> messages = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      messages.add(next());
    }
    return messages;
  }

  /** Whether a message is there. */
  public boolean has(BusMessage message) {
    return received.contains(message);
  }

  /** Fails where a message is there that nobody expected. */
  public void assertEmpty() {
    assertNull(received.peek(), "an unexpected message");
  }
}
