package sightline.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/** What a process uses, by Linux's {@code /proc}. Stateless but for the process's number. */
record ProcessUse(OptionalLong pid) {
  private static final double TICKS_A_SECOND = 100;
  private static final int PAGE_BYTES = 4_096;

  /**
   * What was used between two moments.
   *
   * @param cpuSeconds of user and system time
   * @param residentBytes at the end
   */
  record Spent(double cpuSeconds, long residentBytes) {}

  static ProcessUse ofThis() {
    return new ProcessUse(OptionalLong.of(ProcessHandle.current().pid()));
  }

  /** User and system time so far, in seconds; 0 where it can't be known. */
  double cpuSeconds() {
    String stat = read("stat");
    // The name, in parentheses, may hold spaces; what follows begins with the third field.
    String[] fields = stat.substring(stat.lastIndexOf(')') + 1).trim().split(" ", -1);
    return fields.length < 13
        ? 0
        : (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_A_SECOND;
  }

  long residentBytes() {
    String[] fields = read("statm").trim().split(" ", -1);
    return fields.length < 2 ? 0 : Long.parseLong(fields[1]) * PAGE_BYTES;
  }

  /** Open descriptors; -1 where it can't be known. */
  int descriptors() {
    if (pid.isEmpty()) {
      return -1;
    }
    try (DirectoryStream<Path> open = Files.newDirectoryStream(folder().resolve("fd"))) {
      int count = 0;
      for (Path ignored : open) {
        count++;
      }
      return count;
    } catch (IOException e) {
      return -1;
    }
  }

  private String read(String file) {
    if (pid.isEmpty()) {
      return "";
    }
    try {
      return Files.readString(folder().resolve(file), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "";
    }
  }

  private Path folder() {
    return Path.of("/proc", Long.toString(pid.getAsLong()));
  }
}
