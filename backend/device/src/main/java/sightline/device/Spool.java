package sightline.device;

import java.io.Closeable;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a device keeps each event until it is answered. In the order of {@link #append}; for any
 * thread, calls exclude each other; an append blocks for as long as the disk takes.
 */
public sealed interface Spool extends Closeable permits DiskSpool, MemorySpool {

  /** On disk, within the default limits: survives a crash, kill -9 and a power cut. */
  static Spool onDisk(Path directory) {
    return onDisk(directory, SpoolLimits.DEFAULT);
  }

  /** On disk: each event is synced before it is published. The directory is this device's alone. */
  static Spool onDisk(Path directory, SpoolLimits limits) {
    return new DiskSpool(directory, limits);
  }

  /**
   * In memory: events survive a lost connection but NOT the end of the process. For simulated
   * fleets, and devices without a disk that accept that.
   */
  static Spool inMemory(SpoolLimits limits) {
    return new MemorySpool(limits);
  }

  /**
   * Makes it ready, with what it held before.
   *
   * @throws SpoolException when the directory can't be used, or another process uses it
   */
  void open() throws SpoolException;

  /**
   * Keeps an event: once this returns, it is safe.
   *
   * @throws SpoolFullException when there is no room
   * @throws SpoolException when the disk refuses; the event is then not kept
   * @throws IllegalArgumentException when an event with this id waits already
   */
  void append(String id, byte[] payload) throws SpoolException;

  /** Forgets an event that was answered as recorded. False when it doesn't hold it (any more). */
  boolean remove(String id) throws SpoolException;

  /**
   * Moves an event that was refused for good to the dead letters. False when it doesn't hold it.
   */
  boolean bury(String id, String reason, long millis) throws SpoolException;

  /** The next unanswered events after a position (0: from the start), oldest first. */
  List<SpooledEvent> after(long position, int max);

  /** How many events wait for an answer. */
  int size();

  /** Where it keeps them, and where positions that wait are kept; null when that is memory. */
  @Nullable Path directory();

  /** Where the refused ones go, or null when only the listener is told. */
  @Nullable Path deadLetters();
}
