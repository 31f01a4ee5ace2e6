package sightline.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ShippedTest {
  @TempDir private Path directory;

  @Test
  void onlyWhatIsThereCanBeReplaced() throws IOException {
    Path file = Files.writeString(directory.resolve("a.conf"), "port 1\n");

    Path own = Shipped.read(file).with("port 1", "port 2").to(directory.resolve("b.conf"));

    assertEquals("port 2\n", Files.readString(own));
    String message =
        String.valueOf(
            assertThrows(StackFailed.class, () -> Shipped.read(file).with("host", "x"))
                .getMessage());
    assertTrue(message.endsWith("has no \"host\" any more."), message);
  }

  @Test
  void aLogThatCanNotBeWrittenKeepsNoProcessFromTalking() throws IOException {
    InputStream said = new ByteArrayInputStream(new byte[100_000]);
    new RotatingLog(directory.resolve("no-folder").resolve("part.log"), 20_000).copy(said);
    assertEquals(-1, said.read(), "all of it was read");
  }

  @Test
  void aLogThatGrowsIsMovedAsideTwiceAndThenForgotten() throws IOException {
    Path file = directory.resolve("part.log");
    for (int round = 0; round < 5; round++) {
      byte[] said = String.valueOf(round).repeat(20_000).getBytes(StandardCharsets.UTF_8);
      new RotatingLog(file, 20_000).copy(new ByteArrayInputStream(said));
    }

    assertEquals("4", Files.readString(file).substring(0, 1));
    assertEquals("3", Files.readString(directory.resolve("part.log.1")).substring(0, 1));
    assertEquals("2", Files.readString(directory.resolve("part.log.2")).substring(0, 1));
    try (var all = Files.list(directory)) {
      assertEquals(3, all.count());
    }
  }
}
