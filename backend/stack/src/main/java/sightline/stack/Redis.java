package sightline.stack;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The bus's server as it is shipped. Stateless. */
final class Redis {
  private static final String USER = "redis";

  private Redis() {}

  /** Writes its configuration. */
  static Part part(Layout layout, int port) {
    Path folder = layout.server("redis");
    String password = layout.password("redis");
    Path include = folder.resolve("password.conf");
    Layout.write(include, "requirepass " + password + "\n");
    Path file =
        Shipped.read(layout.shipped("redis.conf"))
            .with("\nport 6379\n", "\nport " + port + "\n")
            .with("dir /var/lib/redis", "dir " + folder)
            .with("/etc/sightline/redis-password.conf", include.toString())
            .to(folder.resolve("redis.conf"));
    layout.give(folder, Layout.user(USER));
    return new Part(
        "redis",
        Part.SERVER,
        List.of("/usr/bin/redis-server", file.toString()),
        folder,
        Layout.user(USER),
        "TERM",
        Map.of("url", "redis://default:" + password + "@127.0.0.1:" + port));
  }
}
