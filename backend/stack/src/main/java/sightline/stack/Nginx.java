package sightline.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What browsers reach, as it is shipped. Stateless. */
final class Nginx {
  private static final String USER = "www-data";
  private static final String UPSTREAM = "        server 127.0.0.1:%d max_fails=0;\n";

  private Nginx() {}

  /**
   * Writes its configuration.
   *
   * @param port with TLS
   * @param plain port without TLS, 0 for none
   * @param gateways their ports
   */
  static Part part(Layout layout, int port, int plain, List<Integer> gateways) {
    Path folder = layout.server("nginx");
    Path file =
        Shipped.read(layout.shipped("nginx.conf"))
            .with("\nuser www-data;\n", "\n")
            .with("/run/nginx.pid", folder.resolve("nginx.pid").toString())
            .with("/var/lib/nginx/", temporary(folder) + "/")
            .with(
                "listen 443 ssl http2;", "listen 127.0.0.1:" + port + " ssl http2;" + listen(plain))
            .with("/etc/sightline/certs/", Certificates.forServer(layout, folder))
            .with(UPSTREAM.formatted(8082), "")
            .with(
                UPSTREAM.formatted(8080),
                gateways.stream().map(UPSTREAM::formatted).collect(Collectors.joining()))
            .to(folder.resolve("nginx.conf"));
    layout.give(folder, Layout.user(USER));
    return new Part(
        "nginx",
        Part.FRONT,
        List.of(
            "/usr/sbin/nginx",
            "-e",
            "stderr",
            "-p",
            folder.toString(),
            "-c",
            file.toString(),
            "-g",
            "daemon off;"),
        folder,
        Layout.user(USER),
        "TERM",
        known(port, plain));
  }

  private static String listen(int plain) {
    return plain == 0 ? "" : " listen 127.0.0.1:" + plain + ";";
  }

  private static Map<String, String> known(int port, int plain) {
    String url = "https://localhost:" + port + "/";
    return plain == 0
        ? Map.of("url", url)
        : Map.of("url", url, "plainUrl", "http://127.0.0.1:" + plain + "/");
  }

  private static Path temporary(Path folder) {
    try {
      return Files.createDirectories(folder.resolve("tmp"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
