package sightline.bench;

import org.jspecify.annotations.Nullable;

/**
 * A system that is there until closed. Belongs to the bench's main thread.
 *
 * @param system null where there is none to look at
 * @param stop ends its processes
 */
record Started(@Nullable Target system, Runnable stop) implements AutoCloseable {
  Target target() {
    if (system == null) {
      throw new IllegalArgumentException("--target none has nothing to look at");
    }
    return system;
  }

  @Override
  public void close() {
    stop.run();
  }
}
