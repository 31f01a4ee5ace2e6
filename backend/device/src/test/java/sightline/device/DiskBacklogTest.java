package sightline.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskBacklogTest extends BacklogContract {
  @TempDir private Path directory;

  @Override
  Backlog open(int capacity) throws SpoolException {
    DiskBacklog backlog = new DiskBacklog(directory.resolve("positions"), capacity);
    backlog.open();
    return backlog;
  }

  /** As kill -9 leaves it: not closed, and with half a line at its end. */
  @Test
  void aNewLifeHasAllThatWasNotAnsweredButForWholeFiles() throws Exception {
    Backlog old = open(10_000);
    add(old, 1, 2_500);
    Backlog.Chunk first = old.after(0, 2_000);
    assertNotNull(first);
    old.remove(first);
    old.close();
    Path newest = directory.resolve("positions/0000000000000002001.log");
    Files.writeString(newest, Files.readString(newest) + "01234567 + 2501 torn");

    try (Backlog backlog = open(10_000)) {
      assertEquals(2_500, backlog.size(), "sent again is harmless, lost is not");
      add(backlog, 1, 1);
      Backlog.Chunk all = backlog.after(0, 1_000_000);
      assertNotNull(all);
      assertEquals(2_501, all.size());
      assertEquals(2_501, all.last(), "the numbers go on");
      backlog.remove(all);
    }
    try (Stream<Path> left = Files.list(directory.resolve("positions"))) {
      assertEquals(1, left.count(), "only the lock is left");
    }
  }

  @Test
  void aDamagedLineCostsThatPositionAlone() throws Exception {
    try (Backlog old = open(10_000)) {
      add(old, 1, 10);
    }
    Path file = directory.resolve("positions/0000000000000000001.log");
    byte[] bytes = Files.readAllBytes(file);
    bytes[30] ^= 1;
    Files.write(file, bytes);
    try (Backlog backlog = open(10_000)) {
      assertEquals(9, backlog.size());
    }
  }

  /** P49: a file is full by what it ever held, or what is behind its bound is never sent. */
  @Test
  void whatComesBehindAnUnansweredPositionIsSentHoweverMuchIsAnsweredMeanwhile() throws Exception {
    try (Backlog backlog = open(10_000)) {
      add(backlog, 1, 1);
      for (int n = 2; n <= 1_200; n++) {
        add(backlog, n, n);
        Backlog.Chunk next = backlog.after(n - 1, 2_000);
        assertNotNull(next, n + " is kept, and can't be read");
        backlog.remove(next);
      }
      assertEquals(1, backlog.size());
    }
  }

  @Test
  void twoDevicesCannotShareOneAndADeviceWithoutABacklogMakesNone() throws Exception {
    try (Backlog one = open(10)) {
      assertFalse(Files.exists(directory.resolve("positions")));
      add(one, 1, 1);
      assertThrows(SpoolException.class, () -> open(10));
    }
  }
}
