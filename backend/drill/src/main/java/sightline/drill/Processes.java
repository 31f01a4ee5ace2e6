package sightline.drill;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What the parts of a stack cost from one moment on: processor time, log lines, memory, and whether
 * they are still the same processes. For the thread that drills.
 */
final class Processes {
  /** The kernel counts processor time in hundredths of a second. */
  private static final double TICKS = 100;

  private final StackProcess stack;
  private final Map<String, Cost> before = new LinkedHashMap<>();

  private record Cost(long pid, double seconds, long lines, long mebibytes) {}

  /** From now on. */
  Processes(StackProcess stack, List<String> kinds) throws IOException {
    this.stack = stack;
    for (String kind : kinds) {
      for (StackParts.Part part : stack.parts().of(kind)) {
        before.put(part.name(), cost(part));
      }
    }
  }

  private Cost cost(StackParts.Part part) throws IOException {
    return new Cost(
        part.pid(), seconds(part.pid()), lines(part.name()), Resident.mebibytes(List.of(part)));
  }

  /** The processor time of a process so far. */
  static double seconds(long pid) throws IOException {
    String stat = Files.readString(Path.of("/proc", String.valueOf(pid), "stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS;
  }

  private long lines(String name) throws IOException {
    Path log = stack.folder().resolve("log").resolve(name + ".log");
    if (!Files.exists(log)) {
      return 0;
    }
    try (Stream<String> lines = Files.lines(log, StandardCharsets.ISO_8859_1)) {
      return lines.count();
    }
  }

  /** Each must be the process that it was. */
  void requireSame(Notes notes) throws IOException {
    for (Map.Entry<String, Cost> each : before.entrySet()) {
      long pid = stack.parts().named(each.getKey()).pid();
      notes.require(pid == each.getValue().pid(), each.getKey() + " died");
    }
  }

  /** By how much those of a kind grew together, MiB. */
  long grown(String kind) throws IOException {
    long was = 0;
    for (Map.Entry<String, Cost> each : before.entrySet()) {
      was += each.getKey().startsWith(kind) ? each.getValue().mebibytes() : 0;
    }
    return Resident.mebibytes(stack.parts().of(kind)) - was;
  }

  /** The processor time that those of a kind took since, in seconds. */
  double seconds(String kind) throws IOException {
    double took = 0;
    for (Map.Entry<String, Cost> each : before.entrySet()) {
      if (each.getKey().startsWith(kind)) {
        took += seconds(stack.parts().named(each.getKey()).pid()) - each.getValue().seconds();
      }
    }
    return took;
  }

  /**
   * Says what each cost since, a minute.
   *
   * @param minutes since then
   * @param mostLines a minute of one process
   * @param mostCores of one process
   */
  void judge(double minutes, double mostLines, double mostCores, Notes notes) throws IOException {
    for (Map.Entry<String, Cost> each : before.entrySet()) {
      StackParts.Part part = stack.parts().named(each.getKey());
      Cost was = each.getValue();
      if (part.pid() != was.pid()) {
        notes.failure(part.name() + " died");
        continue;
      }
      Cost now = cost(part);
      double lines = (now.lines() - was.lines()) / minutes;
      double cores = (now.seconds() - was.seconds()) / minutes / 60;
      notes.line(
          "%-10s %5.1f log lines a minute, %6.1f s of processor time, %.3f of a core"
              .formatted(part.name(), lines, now.seconds() - was.seconds(), cores));
      notes.require(
          lines <= mostLines, part.name() + " logged over " + mostLines + " lines a minute");
      notes.require(cores <= mostCores, part.name() + " took over " + mostCores + " of a core");
    }
  }
}
