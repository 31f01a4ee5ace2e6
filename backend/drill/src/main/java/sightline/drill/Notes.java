package sightline.drill;

import java.util.ArrayList;
import java.util.List;

/** What a fault shows while it is done. For the thread that drills. */
final class Notes {
  private final List<String> lines = new ArrayList<>();
  private final List<String> failures = new ArrayList<>();

  void line(String line) {
    lines.add(line);
  }

  void failure(String why) {
    failures.add(why);
  }

  /** Fails with the text where it is not so. */
  void require(boolean so, String orElse) {
    if (!so) {
      failures.add(orElse);
    }
  }

  Observed observed() {
    return new Observed(lines, failures);
  }
}
