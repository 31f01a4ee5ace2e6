package sightline.device;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A spool in a directory: {@code events.log}, {@code dead-letters.jsonl} and a lock. A directory
 * and its files are made with the first event, so that a device without events costs none. Its lock
 * is itself.
 */
final class DiskSpool implements Spool {
  private static final long SMALL = 64 << 10;

  private final Path directory;
  private final Path logPath;
  private final DeadLetters deadLetters;
  private final SpoolIndex index;
  private @Nullable DirectoryLock lock;
  private @Nullable SpoolLog log;
  private boolean closed;

  DiskSpool(Path directory, SpoolLimits limits) {
    this.directory = directory;
    logPath = directory.resolve("events.log");
    deadLetters = new DeadLetters(directory.resolve("dead-letters.jsonl"));
    index = new SpoolIndex(limits);
  }

  @Override
  public synchronized void open() throws SpoolException {
    if (Files.exists(logPath)) {
      log();
    }
  }

  @Override
  public synchronized void append(String id, byte[] payload) throws SpoolException {
    index.admit(id, payload);
    SpoolLog file = log();
    try {
      file.append(new SpoolLine(id, payload), true);
    } catch (IOException e) {
      throw failure("keep an event", e);
    }
    index.add(id, payload);
  }

  @Override
  public synchronized boolean remove(String id) throws SpoolException {
    if (!index.remove(id)) {
      return false;
    }
    SpoolLog file = log();
    try {
      if (index.size() == 0) {
        file.clear();
      } else {
        // Not synced: if this line is lost, the event is sent again, and recorded once all the
        // same.
        file.append(new SpoolLine(id, null), false);
        compact(file);
      }
    } catch (IOException e) {
      throw failure("forget an answered event", e);
    }
    return true;
  }

  @Override
  public synchronized boolean bury(String id, String reason, long millis) throws SpoolException {
    SpooledEvent event = index.get(id);
    if (event == null) {
      return false;
    }
    try {
      deadLetters.add(event.payload(), reason, millis);
    } catch (IOException e) {
      throw failure("write a dead letter", e);
    }
    return remove(id);
  }

  @Override
  public synchronized List<SpooledEvent> after(long position, int max) {
    return index.after(position, max);
  }

  @Override
  public synchronized int size() {
    return index.size();
  }

  @Override
  public Path directory() {
    return directory;
  }

  @Override
  public Path deadLetters() {
    return deadLetters.path();
  }

  @Override
  public synchronized void close() throws IOException {
    closed = true;
    try {
      if (log != null) {
        log.close();
      }
    } finally {
      if (lock != null) {
        lock.close();
      }
    }
  }

  private void compact(SpoolLog file) throws IOException {
    if (file.length() > SMALL && file.length() > 2 * (index.bytes() + 128L * index.size())) {
      file.rewrite(lines());
    }
  }

  private List<SpoolLine> lines() {
    List<SpoolLine> lines = new ArrayList<>(index.size());
    for (SpooledEvent event : index.all()) {
      lines.add(new SpoolLine(event.id(), event.payload()));
    }
    return lines;
  }

  private SpoolLog log() throws SpoolException {
    if (closed) {
      throw new SpoolException("the spool is closed", null);
    }
    SpoolLog open = log;
    if (open != null) {
      return open;
    }
    // An interrupt of the sender would close the channels that this opens.
    boolean interrupted = Thread.interrupted();
    try {
      Files.createDirectories(directory);
      if (lock == null) {
        lock = new DirectoryLock(directory);
      }
      open = recover();
    } catch (IOException e) {
      throw failure("open the spool", e);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
    log = open;
    return open;
  }

  /** Reads the log. A torn end was never accepted: cut off. Damage before it is kept aside. */
  private SpoolLog recover() throws IOException {
    if (!Files.exists(logPath)) {
      return new SpoolLog(logPath, 0);
    }
    byte[] bytes = Files.readAllBytes(logPath);
    int whole = 0;
    boolean damaged = false;
    for (int from = 0, to; (to = newline(bytes, from)) >= 0; from = to + 1) {
      SpoolLine line = SpoolLine.parse(bytes, from, to);
      if (line != null) {
        damaged |= from != whole;
        replay(line);
        whole = to + 1;
      }
    }
    if (!damaged) {
      return new SpoolLog(logPath, whole);
    }
    Files.copy(
        logPath, directory.resolve("damaged-events.log"), StandardCopyOption.REPLACE_EXISTING);
    SpoolLog file = new SpoolLog(logPath, bytes.length);
    file.rewrite(lines());
    return file;
  }

  private void replay(SpoolLine line) {
    byte[] payload = line.payload();
    if (payload == null) {
      index.remove(line.id());
    } else if (!index.has(line.id())) {
      index.add(line.id(), payload);
    }
  }

  private static int newline(byte[] bytes, int from) {
    for (int i = from; i < bytes.length; i++) {
      if (bytes[i] == '\n') {
        return i;
      }
    }
    return -1;
  }

  private SpoolException failure(String what, IOException cause) {
    return cause instanceof SpoolException already
        ? already
        : new SpoolException(
            "can't " + what + " in " + directory + ": " + cause.getMessage(), cause);
  }
}
