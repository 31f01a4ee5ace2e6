package sightline.config;

import java.util.List;
import java.util.Map;

/** A value as it was written, before anyone knows what it should be. */
sealed interface Node {
  /** Where it was written. */
  Origin origin();

  /** A scalar's text. */
  record Scalar(String text, Origin origin) implements Node {}

  /** A list. */
  record Sequence(List<Node> items, Origin origin) implements Node {}

  /** A section, in the order of the file; each key with the place where it was written. */
  record Section(Map<String, Entry> entries, Origin origin) implements Node {}

  /** A key's value. */
  record Entry(Origin keyOrigin, Node value) {}
}
