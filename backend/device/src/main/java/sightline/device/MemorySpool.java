package sightline.device;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A spool that ends with the process. Its lock is itself. */
final class MemorySpool implements Spool {
  private final SpoolIndex index;

  MemorySpool(SpoolLimits limits) {
    index = new SpoolIndex(limits);
  }

  @Override
  public void open() {}

  @Override
  public synchronized void append(String id, byte[] payload) throws SpoolException {
    index.admit(id, payload);
    index.add(id, payload);
  }

  @Override
  public synchronized boolean remove(String id) {
    return index.remove(id);
  }

  @Override
  public synchronized boolean bury(String id, String reason, long millis) {
    return index.remove(id);
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
  public @Nullable Path directory() {
    return null;
  }

  @Override
  public @Nullable Path deadLetters() {
    return null;
  }

  @Override
  public void close() {}
}
