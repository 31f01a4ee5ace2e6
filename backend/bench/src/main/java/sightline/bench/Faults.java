package sightline.bench;

import java.util.LinkedHashMap;
import java.util.Map;

/** What went wrong in a run, each kind with its count. Owned by the generator's thread. */
final class Faults {
  private final Map<String, Integer> counts = new LinkedHashMap<>();

  void add(String what) {
    counts.merge(what, 1, Integer::sum);
  }

  void add(String what, long count) {
    if (count > 0) {
      counts.merge(what, (int) Math.min(count, Integer.MAX_VALUE), Integer::sum);
    }
  }

  boolean none() {
    return counts.isEmpty();
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    counts.forEach(
        (what, count) ->
            text.append(text.isEmpty() ? "" : ", ").append(count).append(" × ").append(what));
    return text.toString();
  }
}
