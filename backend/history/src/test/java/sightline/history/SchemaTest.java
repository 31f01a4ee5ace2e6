package sightline.history;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SchemaTest {
  private static final int FILES = 50;

  @TempDir Path directory;

  @Test
  void twoWhoMakeTheSameFileAtOnceBothFindItReady() throws Exception {
    SqliteLibrary.provide(directory);
    try (ExecutorService two = Executors.newFixedThreadPool(2)) {
      for (int i = 0; i < FILES; i++) {
        Path file = directory.resolve(i + ".db");
        CyclicBarrier start = new CyclicBarrier(2);
        for (Future<Long> made :
            two.invokeAll(List.of(opening(file, start), opening(file, start)))) {
          assertEquals(3, made.get());
        }
      }
    }
  }

  private static Callable<Long> opening(Path file, CyclicBarrier start) {
    return () -> {
      start.await();
      try (SqliteConnection made = SqliteConnection.open(file, SqliteConnection.Mode.NORMAL)) {
        Schema.EVENTS.apply(made, file);
        return made.integer("PRAGMA user_version");
      }
    };
  }
}
