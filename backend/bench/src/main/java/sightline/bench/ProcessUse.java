package sightline.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;

/**
 * What some processes use together, by Linux's {@code /proc}. Immutable.
 *
 * @param pids of processes that are there
 */
record ProcessUse(List<Long> pids) {
  private static final double TICKS_A_SECOND = 100;
  private static final long KIB = 1_024;
  private static final int PAGE_BYTES = 4_096;
  private static final String SHARED_OUT = "\nPss:";
  private static final String DATABASE = "postgres";
  private static final String PRIVATE = "\nPss_Anon:";

  ProcessUse {
    pids = List.copyOf(pids);
  }

  /**
   * What was used between two moments.
   *
   * @param cpuSeconds of user and system time
   * @param residentBytes at the end
   */
  record Spent(double cpuSeconds, long residentBytes) {}

  static ProcessUse ofThis() {
    return new ProcessUse(List.of(ProcessHandle.current().pid()));
  }

  /** Those processes and all that they have started and that is still there. */
  static ProcessUse ofTrees(List<Long> roots) {
    return new ProcessUse(
        roots.stream()
            .flatMap(pid -> ProcessHandle.of(pid).stream())
            .flatMapToLong(
                process ->
                    LongStream.concat(
                        LongStream.of(process.pid()),
                        process.descendants().mapToLong(ProcessHandle::pid)))
            .distinct()
            .boxed()
            .toList());
  }

  /** User and system time so far, in seconds; what can't be known counts as 0. */
  double cpuSeconds() {
    double seconds = 0;
    for (long pid : pids) {
      String stat = read(pid, "stat");
      // The name, in parentheses, may hold spaces; what follows begins with the third field.
      String[] fields = stat.substring(stat.lastIndexOf(')') + 1).trim().split(" ", -1);
      seconds +=
          fields.length < 13
              ? 0
              : (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_A_SECOND;
    }
    return seconds;
  }

  /**
   * Of one process all that is resident; of several, memory that they share is counted once, where
   * the kernel lets us see it.
   */
  long residentBytes() {
    long bytes = 0;
    for (long pid : pids) {
      long shared = pids.size() == 1 ? 0 : rolledUp(pid, SHARED_OUT);
      bytes += shared > 0 ? shared : allResidentBytes(pid);
    }
    return bytes;
  }

  /**
   * Memory that programs asked for and wrote to: neither files nor the buffers that a database's
   * processes share, which fill up to their size and no further. All that is resident where the
   * kernel does not let us see it.
   */
  long privateBytes() {
    long bytes = 0;
    for (long pid : pids) {
      long own = rolledUp(pid, PRIVATE);
      bytes += own > 0 ? own : allResidentBytes(pid);
    }
    return bytes;
  }

  private static long rolledUp(long pid, String field) {
    String rollup = read(pid, "smaps_rollup");
    int at = rollup.indexOf(field);
    if (at < 0) {
      return 0;
    }
    String rest = rollup.substring(at + field.length()).trim();
    return Long.parseLong(rest.substring(0, rest.indexOf(' '))) * KIB;
  }

  private static long allResidentBytes(long pid) {
    String[] fields = read(pid, "statm").trim().split(" ", -1);
    return fields.length < 2 ? 0 : Long.parseLong(fields[1]) * PAGE_BYTES;
  }

  /**
   * Open descriptors of those that can be looked at; -1 where there is none. Files of PostgreSQL
   * are left out: its checkpointer keeps those of all partitions open, and closes them again, by a
   * bound of its own.
   */
  int descriptors() {
    int count = 0;
    int seen = 0;
    for (long pid : pids) {
      boolean database = read(pid, "comm").startsWith(DATABASE);
      try (DirectoryStream<Path> open = Files.newDirectoryStream(file(pid, "fd"))) {
        for (Path descriptor : open) {
          count += database && Files.isRegularFile(descriptor) ? 0 : 1;
        }
        seen++;
      } catch (IOException e) {
        // It has ended, or is another user's.
      }
    }
    return seen == 0 ? -1 : count;
  }

  private static String read(long pid, String name) {
    try {
      return Files.readString(file(pid, name), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "";
    }
  }

  private static Path file(long pid, String name) {
    return Path.of("/proc", Long.toString(pid), name);
  }
}
