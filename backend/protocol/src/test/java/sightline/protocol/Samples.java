package sightline.protocol;

import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The golden samples at the repository's root. */
final class Samples {
  private Samples() {}

  static Path root() {
    String root = System.getProperty("sightline.root");
    assertNotNull(root, "sightline.root is set by the build");
    return Path.of(root, "wire-samples");
  }

  static String text(String name) {
    try {
      return Files.readString(root().resolve(name)).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<Path> in(String folder, String prefix) throws IOException {
    try (Stream<Path> files = Files.list(root().resolve(folder))) {
      return files.filter(f -> f.getFileName().toString().startsWith(prefix)).sorted().toList();
    }
  }
}
