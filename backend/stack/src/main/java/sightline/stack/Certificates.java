package sightline.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The stack's own certificates, made once by the shipped script. Stateless. */
final class Certificates {
  /** A device whose certificate is there for a trial by hand. */
  static final String TRIAL_DEVICE = "unit-1";

  private Certificates() {}

  /** Makes what is missing. */
  static void make(Layout layout) {
    Path folder = layout.certificates();
    make(layout, folder.resolve("ca.crt"), "ca");
    make(layout, folder.resolve("server.crt"), "server", "localhost", "127.0.0.1");
    make(layout, folder.resolve("bridge.crt"), "bridge");
    make(layout, folder.resolve("probe.crt"), "probe", "1");
    make(layout, folder.resolve("devices/" + TRIAL_DEVICE + ".crt"), "device", TRIAL_DEVICE);
  }

  private static void make(Layout layout, Path file, String... what) {
    if (!Files.exists(file)) {
      List<String> command = new ArrayList<>();
      command.add(layout.shipped("certificates.sh").toString());
      command.add(layout.certificates().toString());
      command.addAll(List.of(what));
      Commands.run(layout.dir(), Map.of(), command);
    }
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
