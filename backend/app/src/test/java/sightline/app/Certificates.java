package sightline.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** A certificate authority of a test, by openssl; its files are in a folder of the test's. */
final class Certificates {
  private final Path folder;

  Certificates(Path folder) throws IOException, InterruptedException {
    this.folder = Files.createDirectories(folder);
    openssl(
        "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 1 -subj /CN=test-ca"
            + " -keyout ca.key -out ca.crt");
  }

  /** Makes NAME.key and NAME.crt, good for localhost. */
  void issue(String name, String algorithm) throws IOException, InterruptedException {
    Files.writeString(folder.resolve(name + ".ext"), "subjectAltName=DNS:localhost\n");
    openssl(
        "req -newkey %s -nodes -subj /CN=%s -keyout %s.key -out %s.csr"
            .formatted(algorithm, name, name, name));
    openssl(
        "x509 -req -in %s.csr -CA ca.crt -CAkey ca.key -CAcreateserial -days 1 -extfile %s.ext -out %s.crt"
            .formatted(name, name, name));
  }

  Path file(String name) {
    return folder.resolve(name);
  }

  private void openssl(String arguments) throws IOException, InterruptedException {
    Path log = folder.resolve("openssl.log");
    String[] command = ("openssl " + arguments).split(" ");
    Process process =
        new ProcessBuilder(Arrays.asList(command))
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    if (process.waitFor() != 0) {
      throw new IOException(arguments + ": " + Files.readString(log));
    }
  }
}
