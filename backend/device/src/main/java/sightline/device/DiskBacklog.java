package sightline.device;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A backlog in a directory, in files of up to {@value #FILE_POSITIONS} positions, named by the
 * number of their first. A file goes when all of it is answered, or when it is the oldest and there
 * are too many; what of a file was answered is not kept, so that after a start some positions are
 * sent again, which is harmless. Written at once, which outlives the process; synced by {@link
 * #sync}. Its lock is itself.
 */
final class DiskBacklog implements Backlog {
  static final int FILE_POSITIONS = 1_000;

  private static final Pattern NAME = Pattern.compile("[0-9]{19}\\.log");

  private final Path directory;
  private final int capacity;
  private final int filePositions;
  private final TreeMap<Long, Segment> segments = new TreeMap<>();
  private final List<RandomAccessFile> unsynced = new ArrayList<>();
  private @Nullable DirectoryLock lock;
  private @Nullable RandomAccessFile file;
  private @Nullable Segment active;
  private @Nullable Segment cached;
  private NavigableMap<Long, byte[]> cache = new TreeMap<>();
  private long newest;
  private int size;
  private long shed;
  private boolean dirty;
  private boolean closed;

  DiskBacklog(Path directory, int capacity) {
    this.directory = directory;
    this.capacity = capacity;
    filePositions = Math.max(1, Math.min(FILE_POSITIONS, capacity / 8));
  }

  @Override
  public synchronized void open() throws SpoolException {
    if (lock == null && Files.isDirectory(directory)) {
      try {
        ready();
      } catch (IOException e) {
        throw e instanceof SpoolException already
            ? already
            : new SpoolException("can't read the positions in " + directory, e);
      }
    }
  }

  private void ready() throws IOException {
    if (closed) {
      throw new IOException("the backlog is closed");
    }
    if (lock != null) {
      return;
    }
    // An interrupt of the caller would close the channels that this opens.
    boolean interrupted = Thread.interrupted();
    try {
      Files.createDirectories(directory);
      lock = new DirectoryLock(directory);
      try (Stream<Path> files = Files.list(directory)) {
        for (Path each :
            (Iterable<Path>)
                files.filter(f -> NAME.matcher(f.getFileName().toString()).matches())::iterator) {
          load(each);
        }
      }
      shedOverCapacity();
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void load(Path path) throws IOException {
    long first = Long.parseLong(path.getFileName().toString().substring(0, 19));
    Segment left = Segment.read(path, first);
    newest = Math.max(newest, Math.max(first, left.last()));
    if (left.remaining() == 0) {
      Files.delete(path);
      return;
    }
    segments.put(first, left);
    size += left.remaining();
  }

  @Override
  public synchronized void add(long seq, byte[] position) throws IOException {
    ready();
    long number = newest + 1;
    Segment into = active;
    RandomAccessFile to = file;
    if (into == null || to == null || into.last() - into.first + 1 >= filePositions) {
      roll();
      Path path = directory.resolve(String.format("%019d.log", number));
      to = new RandomAccessFile(path.toFile(), "rw");
      into = new Segment(path, number);
      file = to;
      active = into;
      segments.put(number, into);
    }
    byte[] line = new SpoolLine(Long.toString(number), position).encode();
    try {
      to.seek(into.bytes);
      to.write(line);
    } catch (IOException failure) {
      to.setLength(into.bytes);
      throw failure;
    }
    into.bytes += line.length;
    into.holds(number);
    newest = number;
    size++;
    dirty = true;
    shedOverCapacity();
  }

  private void roll() {
    if (file != null) {
      unsynced.add(file);
    }
    file = null;
    active = null;
  }

  private void shedOverCapacity() throws IOException {
    while (size > capacity) {
      Segment oldest = segments.firstEntry().getValue();
      shed += oldest.remaining();
      drop(oldest);
    }
  }

  private void drop(Segment segment) throws IOException {
    if (segment == active) {
      roll();
    }
    segments.remove(segment.first);
    size -= segment.remaining();
    Files.deleteIfExists(segment.path);
  }

  @Override
  public synchronized @Nullable Chunk after(long number, int maxBytes) throws IOException {
    List<Long> numbers = new ArrayList<>();
    List<byte[]> positions = new ArrayList<>();
    int bytes = 0;
    Long from = segments.floorKey(number + 1);
    for (Segment segment : segments.tailMap(from == null ? 0 : from, true).values()) {
      if (segment.last() <= number) {
        continue;
      }
      for (Map.Entry<Long, byte[]> entry : positions(segment).tailMap(number, false).entrySet()) {
        if (segment.has(entry.getKey())) {
          bytes += entry.getValue().length + 1;
          if (bytes - 1 > maxBytes) {
            return numbers.isEmpty() ? null : new Chunk(numbers, positions);
          }
          numbers.add(entry.getKey());
          positions.add(entry.getValue());
        }
      }
    }
    return numbers.isEmpty() ? null : new Chunk(numbers, positions);
  }

  private NavigableMap<Long, byte[]> positions(Segment segment) throws IOException {
    if (segment != cached || segment == active) {
      cache = segment.positions();
      cached = segment;
    }
    return cache;
  }

  @Override
  public synchronized void remove(Chunk answered) throws IOException {
    for (long number : answered.numbers()) {
      var found = segments.floorEntry(number);
      if (found != null && found.getValue().remove(number)) {
        size--;
        if (found.getValue().remaining() == 0) {
          drop(found.getValue());
        }
      }
    }
  }

  @Override
  public void sync() throws IOException {
    List<RandomAccessFile> full;
    RandomAccessFile open;
    synchronized (this) {
      if (!dirty) {
        return;
      }
      dirty = false;
      full = List.copyOf(unsynced);
      unsynced.clear();
      open = file;
    }
    for (RandomAccessFile each : full) {
      try (each) {
        each.getFD().sync();
      }
    }
    if (open != null) {
      open.getFD().sync();
    }
    SpoolLog.syncDirectory(directory.resolve("lock"));
  }

  @Override
  public synchronized int size() {
    return size;
  }

  @Override
  public synchronized long shed() {
    return shed;
  }

  @Override
  public void close() throws IOException {
    try {
      sync();
    } finally {
      synchronized (this) {
        closed = true;
        roll();
        for (RandomAccessFile each : unsynced) {
          each.close();
        }
        unsynced.clear();
        if (lock != null) {
          lock.close();
        }
      }
    }
  }
}
