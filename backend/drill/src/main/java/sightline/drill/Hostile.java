package sightline.drill;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.net.ssl.SSLContext;

/**
 * Browsers that want to harm, a thread each: what one of them does, it does again and again until
 * it is closed. Opened and closed by the thread that drills.
 */
final class Hostile implements AutoCloseable {
  private static final int SILENCE_MILLIS = 10_000;
  private static final int NAMES = 600;
  private static final int UNKNOWN = 2_000;
  private static final int UNREAD = 4;
  private static final int HALF = 20;
  private static final long AGAIN_MILLIS = 200;
  private static final long FLOOD_MILLIS = 10;
  private static final long JOIN_MILLIS = 5_000;

  /** What one does; the name stands in the report. */
  enum Kind {
    /** Asks for another picture 100 times a second, and never reads. */
    NEVER_READS,
    /** Names 2,000 devices that nobody knows, others each time. */
    UNKNOWN_NAMES,
    /** Moves its map 100 times a second, and reads. */
    MAP_MOVES,
    /** Sends what is no message 100 times a second. */
    NONSENSE,
    /** Asks for long tracks and reads none of them. */
    UNREAD_ANSWERS,
    /** Signs in with wrong tokens. */
    WRONG_TOKENS,
    /** Opens connections and never ends a request. */
    HALF_HANDSHAKES
  }

  private final List<URI> gateways;
  private final SSLContext trust;
  private final List<String> known;
  private final List<Thread> threads = new ArrayList<>();
  private final Map<Kind, AtomicLong> done = new ConcurrentHashMap<>();
  private final Map<String, AtomicLong> ends = new ConcurrentHashMap<>();
  private volatile boolean closed;

  /**
   * So many of them, of each kind in turn.
   *
   * @param known ids of devices of the fleet, at least one
   */
  Hostile(int count, List<URI> gateways, SSLContext trust, List<String> known) {
    this.gateways = List.copyOf(gateways);
    this.known = List.copyOf(known);
    this.trust = trust;
    for (int i = 0; i < count; i++) {
      Kind kind = Kind.values()[i % Kind.values().length];
      int number = i;
      threads.add(Thread.ofPlatform().daemon().name("hostile-" + i).start(() -> run(kind, number)));
    }
  }

  /** How often each kind did it, and how the gateways ended it. */
  String text() {
    Map<Kind, AtomicLong> byKind = new TreeMap<>(done);
    Map<String, AtomicLong> byEnd = new TreeMap<>(ends);
    return "done " + byKind + ", ended " + byEnd;
  }

  /** Whether each kind did what it does. */
  boolean allDid() {
    return done.size() == Kind.values().length;
  }

  private void run(Kind kind, int number) {
    while (!closed) {
      try {
        switch (kind) {
          case NEVER_READS -> socket(kind, number, turn -> subscribe(known(turn % 7)), false);
          case UNKNOWN_NAMES ->
              socket(kind, number, turn -> subscribe(unknown(number, turn)), true);
          case MAP_MOVES -> socket(kind, number, Hostile::view, true);
          case NONSENSE -> socket(kind, number, turn -> "{\"type\":\"n" + turn + "\"}", true);
          case UNREAD_ANSWERS -> unread(number);
          case WRONG_TOKENS -> wrongTokens(number);
          case HALF_HANDSHAKES -> halfHandshakes(number);
        }
        Thread.sleep(AGAIN_MILLIS);
      } catch (IOException e) {
        ended(String.valueOf(e.getMessage()));
        if (!sleep()) {
          return;
        }
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private static boolean sleep() {
    try {
      Thread.sleep(AGAIN_MILLIS);
      return true;
    } catch (InterruptedException e) {
      return false;
    }
  }

  private void did(Kind kind) {
    done.computeIfAbsent(kind, k -> new AtomicLong()).incrementAndGet();
  }

  private void ended(String how) {
    ends.computeIfAbsent(how, k -> new AtomicLong()).incrementAndGet();
  }

  private URI gateway(int number) {
    return gateways.get(number % gateways.size());
  }

  /** What is sent in one turn. */
  private interface Message {
    String of(int turn);
  }

  private void socket(Kind kind, int number, Message message, boolean reads)
      throws IOException, InterruptedException {
    URI live = URI.create("ws://127.0.0.1:" + gateway(number).getPort() + "/live");
    try (RawSocket socket = RawSocket.open(live, trust, SILENCE_MILLIS)) {
      Thread reader = reads ? Thread.ofPlatform().daemon().start(() -> read(socket)) : null;
      for (int turn = 0; !closed; turn++) {
        socket.send(message.of(turn));
        did(kind);
        Thread.sleep(FLOOD_MILLIS);
        if (reader != null && !reader.isAlive()) {
          return;
        }
      }
    }
  }

  private void read(RawSocket socket) {
    try {
      while (true) {
        RawSocket.Frame frame = socket.read();
        byte[] payload = frame.payload();
        if (frame.opcode() == RawSocket.CLOSE) {
          ended(
              payload.length < 2
                  ? "close"
                  : "code " + (((payload[0] & 0xff) << 8) | (payload[1] & 0xff)));
          return;
        }
      }
    } catch (IOException e) {
      if (!closed) {
        ended(String.valueOf(e.getMessage()));
      }
    }
  }

  private List<String> known(int without) {
    return IntStream.range(0, Math.min(NAMES, known.size()))
        .filter(i -> i % 7 != without || known.size() < 7)
        .mapToObj(known::get)
        .toList();
  }

  private static List<String> unknown(int number, int turn) {
    return IntStream.range(0, UNKNOWN).mapToObj(i -> "u" + number + "-" + turn + "-" + i).toList();
  }

  private static String subscribe(List<String> ids) {
    return ids.stream()
        .map(id -> '"' + id + '"')
        .collect(Collectors.joining(",", "{\"type\":\"subscribe\",\"devices\":[", "]}"));
  }

  private static String view(int turn) {
    double west = 9.40 + turn % 50 * 0.002;
    return "{\"type\":\"subscribe\",\"view\":{\"bbox\":[%.3f,47.0,%.3f,47.3],\"zoom\":%d},\"events\":{\"since\":null}}"
        .formatted(west, west + 0.4, 6 + turn % 9);
  }

  private Socket connect(int number) throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(4_096);
    socket.setSoTimeout(SILENCE_MILLIS);
    socket.connect(
        new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), gateway(number).getPort()),
        SILENCE_MILLIS);
    return socket;
  }

  private static void write(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
  }

  private void unread(int number) throws IOException, InterruptedException {
    List<Socket> open = new ArrayList<>();
    try {
      for (int i = 0; i < UNREAD; i++) {
        Socket socket = connect(number);
        open.add(socket);
        write(
            socket,
            "GET /api/v1/devices/%s/track?limit=100000 HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
                .formatted(known.getFirst()));
        did(Kind.UNREAD_ANSWERS);
      }
      Thread.sleep(SILENCE_MILLIS / 4);
    } finally {
      close(open);
    }
  }

  private void wrongTokens(int number) throws IOException, InterruptedException {
    while (!closed) {
      try (Socket socket = connect(number)) {
        String body = "{\"token\":\"wrong-wrong-wrong-wrong\"}";
        write(
            socket,
            "POST /api/v1/session HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: %d\r\n\r\n%s"
                .formatted(body.length(), body));
        long _ = socket.getInputStream().skip(Long.MAX_VALUE);
        did(Kind.WRONG_TOKENS);
      }
      Thread.sleep(FLOOD_MILLIS);
    }
  }

  private void halfHandshakes(int number) throws IOException, InterruptedException {
    List<Socket> open = new ArrayList<>();
    try {
      for (int i = 0; i < HALF; i++) {
        Socket socket = connect(number);
        open.add(socket);
        write(socket, "GET /live HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nX-Half: ");
        did(Kind.HALF_HANDSHAKES);
      }
      Thread.sleep(SILENCE_MILLIS / 2);
    } finally {
      close(open);
    }
  }

  private static void close(List<Socket> open) throws IOException {
    for (Socket socket : open) {
      socket.close();
    }
  }

  @Override
  public void close() {
    closed = true;
    threads.forEach(Thread::interrupt);
    try {
      for (Thread thread : threads) {
        thread.join(JOIN_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
