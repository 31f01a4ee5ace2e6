package sightline.gateway;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sightline.bus.DeviceRecord;
import sightline.protocol.Order;
import sightline.protocol.Position;
import sightline.time.RoleClock;

/**
 * Drives the gateway's own path from inbox to socket with reserved devices and a few WebSockets on
 * loopback, so that the first real browser meets compiled code. Has threads of its own.
 */
final class WarmUp {
  private static final Logger LOG = LoggerFactory.getLogger(WarmUp.class);
  private static final String PREFIX = "_sightline-warm-";
  private static final int BROWSERS = 12;
  private static final int DEVICES = 40;
  private static final int BATCH = 4;
  static final int ROUNDS = 3_000;

  /** Each of which is a handshake, a snapshot and a goodbye: what a crowd that returns asks for. */
  private static final int VISITS = 1_000;

  private static final long FORGET_NANOS = 500_000_000;

  private final Duration limit;
  private final Hub hub;
  private final RoleClock clock;
  private final String key;
  private final List<Socket> sockets = new ArrayList<>();
  private volatile boolean done;
  private volatile boolean closed;
  private volatile boolean unneeded;
  private volatile boolean givingWay;

  /** Written by its own thread. */
  private volatile int driven;

  /**
   * Not started yet.
   *
   * @param limit the time that it may take; 0 for none of it
   * @param key what lets reserved devices be seen
   */
  WarmUp(Duration limit, Hub hub, RoleClock clock, String key) {
    this.key = key;
    this.limit = limit;
    this.hub = hub;
    this.clock = clock;
    unneeded = limit.isZero();
  }

  /** How far it came, of {@link #ROUNDS}. */
  int rounds() {
    return driven;
  }

  boolean done() {
    return done || unneeded;
  }

  /** A real browser is there: it warms up by itself, and needs the processor. */
  void giveWay() {
    givingWay = true;
  }

  void start(int port) {
    if (!unneeded) {
      Thread.ofVirtual().name("warm-up").start(() -> run(port));
    }
  }

  void close() {
    closed = true;
    synchronized (sockets) {
      sockets.forEach(WarmUp::quietly);
      sockets.clear();
    }
  }

  private void run(int port) {
    long begun = clock.nanos();
    long end = begun + limit.toNanos() * 9 / 10;
    try {
      CountDownLatch open = new CountDownLatch(BROWSERS);
      for (int i = 0; i < BROWSERS; i++) {
        Wire wire = i % 2 == 0 ? Wire.JSON : Wire.BINARY;
        Thread.ofVirtual().name("warm-up-reader").start(() -> read(port, wire, open));
      }
      open.await(limit.toMillis(), TimeUnit.MILLISECONDS);
      Thread.ofVirtual().name("warm-up-visitor").start(() -> visit(port));
      for (int round = 0; round < ROUNDS && !ended() && clock.nanos() < end; round++) {
        driven = round + 1;
        hub.inbox().putUnnumbered(batch(round));
        Thread.sleep(Duration.ofNanos(250_000));
      }
      forget(clock.nanos() + FORGET_NANOS);
      LOG.info("warmed up in {} ms", (clock.nanos() - begun) / 1_000_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      close();
      done = true;
    }
  }

  private boolean ended() {
    return closed || givingWay;
  }

  /** Takes its devices out of the hub again, once the last of them has arrived there. */
  private void forget(long end) throws InterruptedException {
    while (!hub.inbox().isEmpty() && !closed && clock.nanos() < end) {
      Thread.sleep(1);
    }
    try {
      hub.ask(state -> state.fleet().forgetReserved(PREFIX)).get(1, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      LOG.warn("the warm-up's devices stay until the next read of hot state", e);
    }
  }

  private List<DeviceRecord> batch(int round) {
    List<DeviceRecord> records = new ArrayList<>();
    long now = clock.millis();
    for (int i = 0; i < BATCH; i++) {
      String id = PREFIX + (round * BATCH + i) % DEVICES;
      double moved = round * 1e-5;
      Position position =
          new Position(
              id,
              new Order(now, round),
              now,
              now,
              false,
              43.7 + moved,
              7.4 - moved,
              round % 360,
              round % 20,
              5,
              Double.NaN);
      records.add(
          new DeviceRecord(
              id, position, true, null, now, now, 500, 80, 60, null, "vehicle", id, null));
    }
    return records;
  }

  private void read(int port, Wire wire, CountDownLatch open) {
    StringBuilder rooms = new StringBuilder();
    for (int i = 0; i < DEVICES; i++) {
      rooms.append(i == 0 ? "" : ",").append(PREFIX).append(i);
    }
    try (Socket socket = new Socket()) {
      synchronized (sockets) {
        sockets.add(socket);
      }
      InputStream in = shakeHands(socket, port, wire, rooms);
      byte[] buffer = new byte[16 * 1024];
      int read = in.read(buffer);
      open.countDown();
      while (read >= 0 && !closed) {
        read = in.read(buffer);
      }
    } catch (IOException e) {
      open.countDown();
    }
  }

  private void visit(int port) {
    byte[] buffer = new byte[16 * 1024];
    try {
      for (int i = 0; i < VISITS && !ended() && !done; i++) {
        try (Socket socket = new Socket()) {
          int read =
              shakeHands(socket, port, i % 2 == 0 ? Wire.JSON : Wire.BINARY, "all").read(buffer);
          if (read < 0) {
            return;
          }
        }
      }
    } catch (IOException e) {
      LOG.debug("a warm-up visit failed", e);
    }
  }

  private InputStream shakeHands(Socket socket, int port, Wire wire, CharSequence devices)
      throws IOException {
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    String request =
        "GET /live?devices=%s HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n"
                .formatted(devices)
            + "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
            + "Sec-WebSocket-Protocol: %s\r\n".formatted(wire.subprotocol())
            + "%s: %s\r\n".formatted(Beside.PROBE_HEADER, key)
            + "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n";
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    return socket.getInputStream();
  }

  private static void quietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      LOG.debug("a warm-up socket did not close", e);
    }
  }
}
