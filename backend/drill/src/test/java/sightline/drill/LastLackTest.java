package sightline.drill;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

final class LastLackTest {
  private final AtomicBoolean whole = new AtomicBoolean(true);
  private final AtomicInteger looks = new AtomicInteger();

  private boolean look() {
    looks.incrementAndGet();
    return whole.get();
  }

  private void awaitLooks(int more) throws InterruptedException {
    int until = looks.get() + more;
    while (looks.get() < until) {
      Thread.sleep(1);
    }
  }

  @Test
  @Timeout(30)
  void whatWasWholeAtFirstAndBrokeLaterIsWholeOnlyAfterThat() throws InterruptedException {
    try (ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
        LastLack lack = new LastLack(timer, this::look)) {
      awaitLooks(3);
      long whileWhole = System.nanoTime();
      assertTrue(lack.nanos() < whileWhole);

      whole.set(false);
      awaitLooks(3);
      long broken = lack.nanos();
      assertTrue(broken > whileWhole);

      whole.set(true);
      awaitLooks(2);
      long mended = lack.nanos();
      awaitLooks(3);
      assertEquals(mended, lack.nanos());
    }
  }
}
