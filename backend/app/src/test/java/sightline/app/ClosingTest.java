package sightline.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

final class ClosingTest {
  private final List<String> closed = new CopyOnWriteArrayList<>();

  private AutoCloseable part(String name) {
    return () -> closed.add(name);
  }

  @Test
  void whatWasOpenedFirstIsClosedLast() {
    try (Closing closing = new Closing(Duration.ofSeconds(5))) {
      closing.add("log", part("log"));
      closing.add("broker", part("broker"));
    }
    assertEquals(List.of("broker", "log"), closed);
  }

  @Test
  void aPartThatFailsOrHangsKeepsNobodyElseOpen() {
    CountDownLatch never = new CountDownLatch(1);
    long started = System.nanoTime();
    try (Closing closing = new Closing(Duration.ofMillis(50))) {
      closing.add("log", part("log"));
      closing.add("hanging", (AutoCloseable) never::await);
      closing.add(
          "failing",
          (AutoCloseable)
              () -> {
                throw new IllegalStateException("of the test");
              });
    }
    assertEquals(List.of("log"), closed);
    assertTrue(Duration.ofNanos(System.nanoTime() - started).toSeconds() < 5, "within deadlines");
    never.countDown();
  }
}
