package sightline.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who may read while others do, and for how long. */
final class ReadersTest {
  /** Counts for hours. */
  private static final String ENDLESS =
      "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n";

  @TempDir Path directory;
  private Path file;

  @BeforeEach
  void make() {
    SqliteEventLog.open(directory, HistorySettings.DEFAULT).close();
    file = directory.resolve("events.db");
  }

  @Test
  void howeverManyAskTheLivePathHasAReaderOfItsOwn() throws Exception {
    CountDownLatch asking = new CountDownLatch(3);
    CountDownLatch end = new CountDownLatch(1);
    try (Readers readers = new Readers(4);
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Long>> slow = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        slow.add(
            threads.submit(
                () ->
                    readers.ask(
                        file,
                        "ask",
                        c -> {
                          asking.countDown();
                          await(end);
                          return 1L;
                        })));
      }
      asking.await();
      try {
        long newest = readers.read(file, "live", c -> c.integer("SELECT newest FROM head"));
        assertEquals(0, newest);
      } finally {
        end.countDown();
      }
      for (Future<Long> each : slow) {
        assertEquals(1L, each.get());
      }
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void aQuestionThatTakesTooLongIsEndedAndTheNextIsAnswered() {
    try (Readers readers = new Readers(2, Duration.ofMillis(50))) {
      assertThrows(TookTooLong.class, () -> readers.ask(file, "ask", c -> c.integer(ENDLESS)));
      long newest = readers.ask(file, "ask", c -> c.integer("SELECT newest FROM head"));
      assertEquals(0, newest);
    }
  }

  @Test
  @Timeout(20)
  void aQuestionEndsWithTheInterestOfWhoAsked() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    try (Readers readers = new Readers(2, Duration.ofHours(1));
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<?> asked =
          threads.submit(
              () ->
                  assertThrows(
                      TookTooLong.class,
                      () ->
                          readers.ask(
                              file,
                              "ask",
                              c -> {
                                begun.countDown();
                                return c.integer(ENDLESS);
                              })));
      begun.await();
      asked.cancel(true);
      // Closing the threads waits for the statement to have ended.
    }
  }
}
