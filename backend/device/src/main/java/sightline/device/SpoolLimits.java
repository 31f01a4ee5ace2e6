package sightline.device;

/**
 * How much a spool holds before it refuses. Immutable, for any thread.
 *
 * @param events unanswered events
 * @param bytes of their payloads together
 */
public record SpoolLimits(int events, long bytes) {
  /** 10,000 events, 8 MiB. */
  public static final SpoolLimits DEFAULT = new SpoolLimits(10_000, 8L << 20);

  public SpoolLimits {
    if (events < 1 || bytes < 1) {
      throw new IllegalArgumentException("a spool must have room for an event");
    }
  }
}
