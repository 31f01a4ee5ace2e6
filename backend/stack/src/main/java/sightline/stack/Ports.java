package sightline.stack;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** Free loopback ports, each given once, kept by a part over its restarts. For one thread. */
final class Ports {
  private final Iterator<Integer> free;

  private Ports(List<Integer> free) {
    this.free = free.iterator();
  }

  /** So many, all different. */
  static Ports take(int count) {
    List<ServerSocket> open = new ArrayList<>();
    List<Integer> ports = new ArrayList<>();
    try {
      for (int i = 0; i < count; i++) {
        ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        open.add(socket);
        ports.add(socket.getLocalPort());
      }
      for (ServerSocket socket : open) {
        socket.close();
      }
      return new Ports(ports);
    } catch (IOException e) {
      throw new StackFailed("there are no free ports: " + e.getMessage() + ".");
    }
  }

  int next() {
    return free.next();
  }
}
