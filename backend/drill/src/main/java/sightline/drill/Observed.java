package sightline.drill;

import java.util.List;

/**
 * What one fault showed beside what is counted for all of them. Immutable.
 *
 * @param lines for people
 * @param failures why it is no success; empty where it is one
 */
record Observed(List<String> lines, List<String> failures) {
  static final Observed NOTHING = new Observed(List.of(), List.of());

  Observed {
    lines = List.copyOf(lines);
    failures = List.copyOf(failures);
  }
}
