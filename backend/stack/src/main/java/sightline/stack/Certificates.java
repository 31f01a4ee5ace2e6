package sightline.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The stack's own certificates, made once by the shipped script. Stateless. */
final class Certificates {
  /** A device whose certificate is there for a trial by hand. */
  static final String TRIAL_DEVICE = "unit-1";

  private static final int BATCH = 100;

  private Certificates() {}

  /**
   * Makes what is missing.
   *
   * @param units that need one of their own
   */
  static void make(Layout layout, List<String> units) {
    Path folder = layout.certificates();
    make(layout, folder.resolve("ca.crt"), "ca");
    make(layout, folder.resolve("server.crt"), "server", "localhost", "127.0.0.1");
    make(layout, folder.resolve("bridge.crt"), "bridge");
    make(layout, folder.resolve("probe.crt"), "probe", "1");
    make(layout, folder.resolve("devices/" + TRIAL_DEVICE + ".crt"), "device", TRIAL_DEVICE);
    List<String> missing =
        units.stream()
            .filter(id -> !Files.exists(folder.resolve("devices/" + id + ".crt")))
            .toList();
    for (int from = 0; from < missing.size(); from += BATCH) {
      List<String> batch = missing.subList(from, Math.min(missing.size(), from + BATCH));
      run(layout, Stream.concat(Stream.of("device"), batch.stream()).toList());
      System.out.printf("Certificates of units: %d of %d%n", from + batch.size(), missing.size());
    }
  }

  private static void make(Layout layout, Path file, String... what) {
    if (!Files.exists(file)) {
      run(layout, List.of(what));
    }
  }

  private static void run(Layout layout, List<String> what) {
    List<String> command = new ArrayList<>();
    command.add(layout.shipped("certificates.sh").toString());
    command.add(layout.certificates().toString());
    command.addAll(what);
    Commands.run(layout.dir(), Map.of(), command);
  }

  /** Copies what a server needs into its folder; says where that is, with a slash behind it. */
  static String forServer(Layout layout, Path server) {
    try {
      Path folder = Files.createDirectories(server.resolve("certs"));
      for (String name : List.of("ca.crt", "server.crt", "server.key")) {
        Files.copy(
            layout.certificates().resolve(name),
            folder.resolve(name),
            StandardCopyOption.REPLACE_EXISTING);
      }
      return folder + "/";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
