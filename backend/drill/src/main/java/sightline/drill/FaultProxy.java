package sightline.drill;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A TCP proxy on a free port of loopback that can be a bad network. For any thread; two virtual
 * threads a connection carry its bytes.
 */
final class FaultProxy implements AutoCloseable {
  private static final int BACKLOG = 512;
  private static final int CHUNK = 16 * 1024;
  private static final long LATENCY_MILLIS = 200;
  private static final long LOOK_MILLIS = 20;

  /** What it does to bytes, in both directions. */
  enum Weather {
    CLEAR,
    /** Each read is carried 200 ms later. */
    LATE,
    /** Every byte in a packet of its own. */
    DRIP,
    /** Nothing comes through, and nobody is told; what is sent meanwhile comes through later. */
    SILENT
  }

  private final int target;
  private final ServerSocket listener;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile Weather weather = Weather.CLEAR;
  private volatile boolean closed;

  /**
   * Listens.
   *
   * @param target the port on loopback that it leads to
   */
  FaultProxy(int target) throws IOException {
    this.target = target;
    listener = new ServerSocket();
    listener.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), BACKLOG);
    Thread.ofVirtual().name("proxy").start(this::accept);
  }

  int port() {
    return listener.getLocalPort();
  }

  void weather(Weather newWeather) {
    weather = newWeather;
  }

  /** Ends every connection by a reset, to both sides. */
  void cut() throws IOException {
    List<Socket> cut = List.copyOf(open);
    // All before the first is closed: its thread closes the other side.
    for (Socket socket : cut) {
      if (!socket.isClosed()) {
        socket.setSoLinger(true, 0);
      }
    }
    for (Socket socket : cut) {
      end(socket);
    }
  }

  private void accept() {
    while (!closed) {
      try {
        Socket near = listener.accept();
        Socket far = new Socket(InetAddress.ofLiteral("127.0.0.1"), target);
        near.setTcpNoDelay(true);
        far.setTcpNoDelay(true);
        open.add(near);
        open.add(far);
        Thread.ofVirtual().start(() -> carry(near, far));
        Thread.ofVirtual().start(() -> carry(far, near));
      } catch (IOException e) {
        // Closed, or the other side is away: its client comes again.
      }
    }
  }

  private void carry(Socket from, Socket to) {
    byte[] chunk = new byte[CHUNK];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
        while (weather == Weather.SILENT) {
          Thread.sleep(LOOK_MILLIS);
        }
        pass(chunk, count, out);
      }
    } catch (IOException e) {
      // Either side has gone; so does the other.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    end(from);
    end(to);
  }

  private void pass(byte[] chunk, int count, OutputStream out)
      throws IOException, InterruptedException {
    if (weather == Weather.LATE) {
      Thread.sleep(LATENCY_MILLIS);
    }
    if (weather == Weather.DRIP) {
      for (int i = 0; i < count; i++) {
        out.write(chunk[i]);
      }
    } else {
      out.write(chunk, 0, count);
    }
  }

  private void end(Socket socket) {
    open.remove(socket);
    try {
      socket.close();
    } catch (IOException e) {
      // It is gone either way.
    }
  }

  @Override
  public void close() throws IOException {
    closed = true;
    weather = Weather.CLEAR;
    listener.close();
    cut();
  }
}
