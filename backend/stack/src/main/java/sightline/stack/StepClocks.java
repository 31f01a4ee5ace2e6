package sightline.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Clocks that can be stepped while the parts run, for trials of what a wrong clock does: each
 * part's wall clock is off by the seconds that the file {@code clock/NAME} says; Redis keeps the
 * machine's. Monotonic time is the machine's. For any thread.
 */
final class StepClocks {
  private static final List<String> LIBRARIES =
      List.of(
          "/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1",
          "/usr/lib/aarch64-linux-gnu/faketime/libfaketime.so.1");

  /** Its allocator, jemalloc, asks for the time before the library is ready, and hangs. */
  private static final String CANNOT = "redis";

  private final @Nullable Path folder;

  private StepClocks(@Nullable Path folder) {
    this.folder = folder;
  }

  /** Every part has the machine's clock. */
  static final StepClocks NONE = new StepClocks(null);

  /**
   * Files in a folder below that of the stack.
   *
   * @throws StackFailed where the library that fakes time is not installed
   */
  static StepClocks in(Path dir) {
    String _ = library();
    try {
      Path folder = Files.createDirectories(dir.resolve("clock"));
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
      return new StepClocks(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String library() {
    return LIBRARIES.stream()
        .filter(file -> Files.exists(Path.of(file)))
        .findFirst()
        .orElseThrow(
            () -> new StackFailed("--step-clocks needs libfaketime: apt-get install libfaketime."));
  }

  /** What a part's environment has for it. */
  Map<String, String> environment(String part) {
    if (folder == null || part.equals(CANNOT)) {
      return Map.of();
    }
    Path file = folder.resolve(part);
    try {
      if (!Files.exists(file)) {
        Files.writeString(file, "+0\n");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Map.of(
        "LD_PRELOAD",
        library(),
        "FAKETIME_TIMESTAMP_FILE",
        file.toString(),
        "FAKETIME_CACHE_DURATION",
        "1",
        "FAKETIME_DONT_FAKE_MONOTONIC",
        "1",
        // Without this a JVM's waits on its monitors end at once, and it spins.
        "FAKETIME_FORCE_MONOTONIC_FIX",
        "0");
  }
}
