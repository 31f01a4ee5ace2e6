package sightline.simulator;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Stock devices that were away and come back: arrays without an id at QoS 0 over plain MQTT 3.1.1.
 * A virtual thread each; {@link #run} waits for all.
 */
public final class StockReturn {
  /** As many as 16 KiB hold, the most that is taken. */
  private static final int AN_ARRAY = 360;

  /** Positions a second of all together, where nothing else is asked for. */
  public static final int RATE = 100_000;

  /** The recorder writes each 30 s at the latest: what is not there by then does not come. */
  public static final Duration SETTLED = Duration.ofSeconds(50);

  private static final int CONNACK = 4;

  private final URI broker;
  private final int units;
  private final int positions;
  private final long betweenNanos;
  private final AtomicLong sent = new AtomicLong();

  /**
   * @param broker {@code mqtt://host:port}
   * @param positions of each unit
   * @param rate positions a second of all together, at the most
   */
  public StockReturn(URI broker, int units, int positions, int rate) {
    this.broker = broker;
    this.units = units;
    this.positions = positions;
    betweenNanos = AN_ARRAY * 1_000_000_000L / rate * units;
  }

  /** The id of a unit, from 1. */
  public static String id(int unit) {
    return "stock-" + unit;
  }

  /** How many positions are given to the broker. */
  public long sent() {
    return sent.get();
  }

  /** Sends all on a thread of its own, which ends when the last is written. */
  public Thread start() {
    return Thread.ofVirtual()
        .name("stock")
        .start(
            () -> {
              try {
                run();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
  }

  /** Sends all; ends when the last is written. */
  public void run() throws InterruptedException {
    Thread[] threads = new Thread[units];
    for (int i = 0; i < units; i++) {
      String id = id(i + 1);
      threads[i] = Thread.ofVirtual().name(id).start(() -> send(id));
    }
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private void send(String id) {
    try (Socket socket = new Socket(broker.getHost(), broker.getPort())) {
      OutputStream out = new BufferedOutputStream(socket.getOutputStream(), 1 << 16);
      connect(out, id);
      out.flush();
      byte[] answer = socket.getInputStream().readNBytes(CONNACK);
      if (answer.length != CONNACK || answer[CONNACK - 1] != 0) {
        throw new IOException("the broker refuses " + id);
      }
      long nextNanos = System.nanoTime();
      long start = System.currentTimeMillis() - 1_000L * positions;
      for (int from = 0; from < positions; from += AN_ARRAY) {
        int count = Math.min(AN_ARRAY, positions - from);
        TimeUnit.NANOSECONDS.sleep(nextNanos - System.nanoTime());
        nextNanos += betweenNanos;
        publish(out, "devices/" + id + "/location", array(start, from, count));
        out.flush();
        sent.addAndGet(count);
      }
      out.write(new byte[] {(byte) 0xe0, 0});
      out.flush();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      System.getLogger(StockReturn.class.getName())
          .log(System.Logger.Level.WARNING, id + " lost its connection: " + e.getMessage());
    }
  }

  private static byte[] array(long start, int from, int count) {
    StringBuilder json = new StringBuilder(count * 44).append('[');
    for (int i = from; i < from + count; i++) {
      json.append(i == from ? "" : ",").append("{\"timestamp\":").append(start + 1_000L * i);
      json.append(",\"lat\":47,\"lon\":9}");
    }
    return json.append(']').toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void connect(OutputStream out, String id) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    text(body, "MQTT");
    body.write(new byte[] {4, 2, 0, 0});
    text(body, id);
    packet(out, 0x10, body.toByteArray());
  }

  private static void publish(OutputStream out, String topic, byte[] payload) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream(payload.length + 64);
    text(body, topic);
    body.write(payload);
    packet(out, 0x30, body.toByteArray());
  }

  private static void packet(OutputStream out, int type, byte[] body) throws IOException {
    out.write(type);
    int left = body.length;
    do {
      int low = left & 0x7f;
      left >>= 7;
      out.write(left > 0 ? low | 0x80 : low);
    } while (left > 0);
    out.write(body);
  }

  private static void text(ByteArrayOutputStream out, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.write(bytes.length >> 8);
    out.write(bytes.length & 0xff);
    out.write(bytes);
  }
}
