package sightline.drill;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Memory that processes hold, as the kernel says. Stateless. */
final class Resident {
  private static final long KIB_OF_MIB = 1_024;

  private Resident() {}

  /** Of all of them together, MiB. */
  static long mebibytes(List<StackParts.Part> parts) throws IOException {
    long kib = 0;
    for (StackParts.Part part : parts) {
      for (String line :
          Files.readAllLines(Path.of("/proc", String.valueOf(part.pid()), "status"))) {
        if (line.startsWith("VmRSS:")) {
          kib += Long.parseLong(line.replaceAll("\\D", ""));
        }
      }
    }
    return kib / KIB_OF_MIB;
  }
}
