package sightline.stack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SupervisorTest {
  private static final long DEADLINE_NANOS = 30_000_000_000L;

  @TempDir private Path directory;

  private static void until(String what, BooleanSupplier wanted) {
    long end = System.nanoTime() + DEADLINE_NANOS;
    while (!wanted.getAsBoolean()) {
      assertTrue(System.nanoTime() < end, "never: " + what);
      LockSupport.parkNanos(10_000_000);
    }
  }

  private Path program() throws IOException {
    Path program = directory.resolve("part.sh");
    Files.writeString(
        program, "#!/bin/sh\necho up >> " + directory.resolve("starts") + "\nsleep 0.2\n");
    return Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private long starts() {
    try {
      return Files.readAllLines(directory.resolve("starts")).size();
    } catch (IOException e) {
      return 0;
    }
  }

  /** For lack of memory or processes too; here its folder is away for a while. */
  @Test
  void aPartThatCanNotBeStartedAgainIsTriedUntilItCan() throws IOException {
    Path folder = Files.createDirectories(directory.resolve("home"));
    Files.createDirectories(directory.resolve("log"));
    Part part =
        new Part(
            "part",
            Part.ROLE,
            List.of(program().toString()),
            folder,
            null,
            "TERM",
            Map.of("url", "x"));
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    PrintStream before = System.err;
    System.setErr(new PrintStream(said, true, UTF_8));
    try (Supervisor supervisor =
        new Supervisor(
            directory.resolve("log"),
            directory.resolve("hold"),
            Duration.ofSeconds(5),
            StepClocks.NONE,
            running -> {})) {
      supervisor.start(part);
      until("it is started", () -> starts() == 1);
      Files.delete(folder);
      until("it could not be started", () -> said.toString(UTF_8).contains("can't be started"));
      Files.createDirectories(folder);
      until("it is started again", () -> starts() >= 2);
    } finally {
      System.setErr(before);
    }
  }

  /** Ages and timeouts are by monotonic time, which a trial of clocks must leave alone. */
  @Tag("slow")
  @Test
  void aPartsWallClockIsOffByWhatItsFileSays() throws IOException {
    StepClocks clocks = StepClocks.in(directory);
    Files.writeString(directory.resolve("clock/part"), "+86400\n");
    Path starts = directory.resolve("starts");
    Part part =
        new Part(
            "part",
            Part.ROLE,
            List.of("sh", "-c", "date +%s >> " + starts + "; exec sleep 60"),
            directory,
            null,
            "TERM",
            Map.of("url", "x"));
    try (Supervisor supervisor =
        new Supervisor(
            Files.createDirectories(directory.resolve("log")),
            directory.resolve("hold"),
            Duration.ofSeconds(5),
            clocks,
            running -> {})) {
      supervisor.start(part);
      until("it says its time", () -> starts() == 1);
    }
    long said = Long.parseLong(Files.readAllLines(starts).getFirst());
    long off = said - System.currentTimeMillis() / 1_000;
    assertTrue(Math.abs(off - 86_400) <= 60, "a day ahead, not " + off + " s");
  }
}
