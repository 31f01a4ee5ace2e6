package sightline.config;

import java.util.Collection;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** Finds what someone probably meant. */
public final class Nearest {
  private Nearest() {}

  /** The candidate with the fewest edits, or null where there is none. */
  public static @Nullable String to(String word, Collection<String> candidates) {
    return candidates.stream()
        .min(
            Comparator.<String>comparingInt(c -> distance(word, c))
                .thenComparing(Comparator.naturalOrder()))
        .orElse(null);
  }

  /** " (did you mean X?)", or nothing without a candidate. */
  public static String hint(String word, Collection<String> candidates) {
    String nearest = to(word, candidates);
    return nearest == null ? "" : "; did you mean " + nearest + "?";
  }

  /** Single-character insertions, deletions and substitutions between two words. */
  static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(substituted, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length()];
  }
}
