package sightline.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What counts as held by a process. */
final class ProcessUseTest {
  @TempDir private Path directory;

  @Test
  void filesCountButThoseThatPostgresqlKeepsOpen() throws Exception {
    assertEquals(3, descriptors("broker"));
    assertEquals(1, descriptors("postgres"));
  }

  /** Of a program of that name with two files and a pipe. */
  private int descriptors(String name) throws IOException, InterruptedException {
    Path program = Files.copy(Path.of("/bin/sleep"), directory.resolve(name));
    Path in = Files.createFile(directory.resolve(name + ".in"));
    Process process =
        new ProcessBuilder(program.toString(), "60")
            .redirectInput(in.toFile())
            .redirectOutput(directory.resolve(name + ".out").toFile())
            .start();
    try {
      // Asleep, it has closed what its loader opened.
      Path stat = Path.of("/proc", Long.toString(process.pid()), "stat");
      while (!Files.readString(stat).contains("(" + name + ") S ")) {
        Thread.sleep(10);
      }
      return new ProcessUse(List.of(process.pid())).descriptors();
    } finally {
      process.destroy();
      process.waitFor();
    }
  }
}
