package sightline.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DataDirectoryTest {
  @TempDir Path folder;

  @Test
  void isMadeWhereItIsMissingAndHoldsThePid() throws IOException {
    Path path = folder.resolve("deep/data");
    try (DataDirectory data = DataDirectory.open(path)) {
      assertEquals(path, data.path());
      assertEquals(
          String.valueOf(ProcessHandle.current().pid()), Files.readString(path.resolve("lock")));
    }
  }

  @Test
  void isNotOpenedTwice() {
    try (DataDirectory held = DataDirectory.open(folder)) {
      String refusal = refusal(folder);
      String pid = String.valueOf(ProcessHandle.current().pid());
      assertTrue(refusal.contains("in use by process " + pid), refusal);
      assertTrue(refusal.contains(held.path().toString()), refusal);
      assertTrue(refusal.contains("--data"), refusal);
    }
  }

  @Test
  void canBeOpenedAgainOnceClosed() {
    DataDirectory.open(folder).close();
    DataDirectory.open(folder).close();
  }

  @Test
  void aFileInItsPlaceIsRefusedInOneLine() throws IOException {
    String refusal = refusal(Files.writeString(folder.resolve("file"), "x"));
    assertEquals(1, refusal.lines().count());
    assertTrue(refusal.contains("--data"), refusal);
  }

  private static String refusal(Path path) {
    return String.valueOf(
        assertThrows(StartRefused.class, () -> DataDirectory.open(path)).getMessage());
  }
}
