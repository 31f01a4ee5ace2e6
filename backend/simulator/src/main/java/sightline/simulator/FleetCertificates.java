package sightline.simulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import sightline.device.DeviceBuilder;
import sightline.mqtt.Pem;

/**
 * What units show the broker, and whom they trust. Read once, by the thread that makes the fleet.
 *
 * @param directory with {@code devices/ID.crt} and {@code devices/ID.key}; null: without TLS
 */
record FleetCertificates(@Nullable Path directory, @Nullable TrustManagerFactory trusted) {

  /**
   * Those of a directory, with {@code ca.crt}.
   *
   * @throws UncheckedIOException where that can't be read
   */
  static FleetCertificates in(@Nullable Path directory) {
    try {
      return new FleetCertificates(
          directory, directory == null ? null : Pem.trusted(directory.resolve("ca.crt")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Gives a unit its own.
   *
   * @throws UncheckedIOException where it has none
   */
  DeviceBuilder given(DeviceBuilder device, String id) {
    if (directory == null) {
      return device;
    }
    Path folder = directory.resolve("devices");
    try {
      return device.tls(Pem.own(folder.resolve(id + ".crt"), folder.resolve(id + ".key")), trusted);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
