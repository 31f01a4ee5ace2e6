package sightline.app;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What has been opened, to be closed in the reverse order, each part within a deadline. Owned by
 * the main thread.
 */
final class Closing implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Closing.class);

  private final Duration deadline;
  private final Deque<Part> parts = new ArrayDeque<>();

  /** Nothing opened yet; each part gets {@code deadline} to close. */
  Closing(Duration deadline) {
    this.deadline = deadline;
  }

  /** Remembers a part that has just been opened. */
  <T extends AutoCloseable> T add(String name, T opened) {
    parts.push(new Part(name, opened));
    return opened;
  }

  /** Closes all; a part that fails or takes too long is logged and left, the rest are closed. */
  @Override
  public void close() {
    while (!parts.isEmpty()) {
      close(parts.pop());
    }
  }

  private void close(Part part) {
    Thread closer =
        Thread.ofPlatform()
            .daemon()
            .name("close-" + part.name)
            .start(
                () -> {
                  try {
                    part.opened.close();
                  } catch (Exception e) {
                    LOG.error("The {} did not close cleanly", part.name, e);
                  }
                });
    try {
      if (!closer.join(deadline)) {
        LOG.error("The {} did not close within {} s", part.name, deadline.toSeconds());
      }
    } catch (InterruptedException e) {
      LOG.error("Interrupted while the {} closed", part.name);
      Thread.currentThread().interrupt();
    }
  }

  private record Part(String name, AutoCloseable opened) {}
}
