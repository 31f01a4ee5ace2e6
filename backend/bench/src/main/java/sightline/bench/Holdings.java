package sightline.bench;

import java.util.Locale;

/**
 * What a JVM holds at one moment.
 *
 * @param heapBytes after a full collection
 * @param directBytes of buffers outside the heap
 */
record Holdings(long heapBytes, long directBytes, int descriptors, long residentBytes) {
  /** A leak of 400 bytes for each of 10,000 connections is above this. */
  private static final long HEAP_SLACK_BYTES = 4_000_000;

  private static final long DIRECT_SLACK_BYTES = 4_000_000;
  private static final int DESCRIPTOR_SLACK = 4;

  /** Whether everything is back where it was, or below. */
  boolean backAt(Holdings before) {
    return heapBytes <= before.heapBytes + HEAP_SLACK_BYTES
        && directBytes <= before.directBytes + DIRECT_SLACK_BYTES
        && descriptors <= before.descriptors + DESCRIPTOR_SLACK;
  }

  String row(String when) {
    return String.format(
        Locale.ROOT,
        "%-16s %12.2f %12.2f %12d %12.0f%n",
        when,
        heapBytes / 1e6,
        directBytes / 1e6,
        descriptors,
        residentBytes / 1e6);
  }

  static String head() {
    return String.format(
        Locale.ROOT,
        "%-16s %12s %12s %12s %12s%n",
        "",
        "heap MB",
        "direct MB",
        "descriptors",
        "RSS MB");
  }
}
