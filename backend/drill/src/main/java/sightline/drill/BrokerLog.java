package sightline.drill;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the broker's log while it grows, and notes when each device connects. Owned by its own
 * thread; what it noted is for any.
 */
final class BrokerLog implements AutoCloseable {
  private static final Pattern CONNECTED =
      Pattern.compile("New client connected from \\S+ as (\\S+) ");
  private static final long POLL_MILLIS = 5;

  private final Path file;
  private final Returns returns;
  private final Thread thread =
      Thread.ofPlatform().daemon().name("broker-log").unstarted(this::run);
  private final StringBuilder unread = new StringBuilder();
  private volatile boolean closing;

  @GuardedBy("this")
  private final Set<String> devices = new HashSet<>();

  /** Begins at the end of the file; devices that connect are told to {@code returns}. */
  BrokerLog(Path file, Returns returns) {
    this.file = file;
    this.returns = returns;
  }

  void start() {
    thread.start();
  }

  /** A strike: who connected before has to again. */
  void struck(long nanos) {
    synchronized (this) {
      devices.clear();
    }
    returns.struck(nanos);
  }

  /** How many different devices connected since. */
  synchronized int devices() {
    return devices.size();
  }

  private void run() {
    try (RandomAccessFile log = new RandomAccessFile(file.toFile(), "r")) {
      log.seek(log.length());
      byte[] buffer = new byte[64 * 1024];
      while (!closing) {
        if (log.length() < log.getFilePointer()) {
          log.seek(0);
        }
        int read = log.read(buffer);
        if (read <= 0) {
          Thread.sleep(POLL_MILLIS);
        } else {
          take(new String(buffer, 0, read, StandardCharsets.UTF_8));
        }
      }
    } catch (IOException e) {
      System.err.println("the broker's log can't be read: " + e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void take(String text) {
    unread.append(text);
    for (int end = unread.indexOf("\n"); end >= 0; end = unread.indexOf("\n")) {
      Matcher line = CONNECTED.matcher(unread.substring(0, end));
      unread.delete(0, end + 1);
      if (line.find()) {
        connected(line.group(1));
      }
    }
  }

  /** Neither the probe nor the bridge is of the field. */
  private void connected(String client) {
    if (client.startsWith("_sightline") || client.contains("bridge")) {
      return;
    }
    synchronized (this) {
      devices.add(client);
    }
    returns.came(System.nanoTime());
  }

  @Override
  public void close() {
    closing = true;
  }
}
