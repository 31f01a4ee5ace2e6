package sightline.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The MQTT broker as it is shipped. Stateless. */
final class Mosquitto {
  private static final String USER = "mosquitto";

  private Mosquitto() {}

  /**
   * Writes its configuration.
   *
   * @param devices port for devices, with TLS
   * @param bridge port for the bridge, with TLS
   * @param plain port without TLS, 0 for none
   */
  static Part part(Layout layout, int devices, int bridge, int plain) {
    Path folder = layout.server("mosquitto");
    Path data = data(folder);
    Shipped shipped =
        Shipped.read(layout.shipped("mosquitto.conf"))
            .with("/var/lib/mosquitto/", data + "/")
            .with("\nlistener 8883\n", "\nlistener " + devices + " 127.0.0.1\n")
            .with("\nlistener 8884 ", "\nlistener " + bridge + " ")
            .with("/etc/sightline/certs/", Certificates.forServer(layout, folder))
            .with("/etc/sightline/mosquitto-devices.acl", acl(layout, folder, "devices"))
            .with("/etc/sightline/mosquitto-bridge.acl", acl(layout, folder, "bridge"));
    Map<String, String> known = new LinkedHashMap<>();
    known.put("url", "mqtts://127.0.0.1:" + devices);
    if (plain > 0) {
      known.put("plainUrl", "mqtt://127.0.0.1:" + plain);
      shipped.and(
          "\nlistener %d 127.0.0.1\nprotocol mqtt\nallow_anonymous true\nacl_file %s\n"
              .formatted(plain, acl(layout, folder, "plain")));
    }
    Path file = shipped.to(folder.resolve("mosquitto.conf"));
    layout.give(folder, Layout.user(USER));
    return new Part(
        "mosquitto",
        Part.SERVER,
        List.of("/usr/sbin/mosquitto", "-c", file.toString()),
        folder,
        Layout.user(USER),
        "TERM",
        known);
  }

  private static Path data(Path folder) {
    try {
      return Files.createDirectories(folder.resolve("data"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String acl(Layout layout, Path folder, String name) {
    String file = "mosquitto-" + name + ".acl";
    return Shipped.read(layout.shipped(file)).to(folder.resolve(file)).toString();
  }
}
