package sightline.app;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;

/** Looks before anything is started whether a port can be had. */
final class FreePort {
  private FreePort() {}

  /**
   * Returns where the port is free or 0.
   *
   * @param what listens there, as `HTTP`
   * @param flag that chooses another
   * @throws StartRefused where something else listens there, or the system refuses it
   */
  static void check(String what, String address, int port, String flag) {
    if (port == 0) {
      return;
    }
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getByName(address), port));
    } catch (IOException e) {
      throw new StartRefused(
          "%s port %d on %s can't be had (%s); stop what uses it, or choose another with %s (0 takes a free one)."
              .formatted(what, port, address, e.getMessage(), flag));
    }
  }

  /**
   * Returns where the address is this machine's own alone.
   *
   * @throws StartRefused for any other: there is no sign-in yet
   */
  static void checkLoopback(String address, String flag) {
    try {
      if (InetAddress.getByName(address).isLoopbackAddress()) {
        return;
      }
    } catch (UnknownHostException e) {
      throw new StartRefused(
          "There is no address %s; choose another with %s.".formatted(address, flag));
    }
    throw new StartRefused(
        "Without sign-in and TLS it listens on this machine alone: %s takes 127.0.0.1 or ::1, not %s."
            .formatted(flag, address));
  }
}
