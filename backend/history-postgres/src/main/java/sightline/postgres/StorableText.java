package sightline.postgres;

import org.jspecify.annotations.Nullable;
import sightline.history.Unicode;

/**
 * Text as PostgreSQL can hold it: it has no NUL, so NUL is written as SUB and a 0, and SUB twice.
 * Any other text is itself. Stateless.
 */
final class StorableText {
  private static final char NUL = '\0';
  private static final char SUB = '\u001a';

  private StorableText() {}

  /** The stored form, with a question mark for each half of a surrogate pair. */
  static @Nullable String of(@Nullable String text) {
    if (text == null) {
      return null;
    }
    String whole = Unicode.repaired(text);
    if (whole.indexOf(NUL) < 0 && whole.indexOf(SUB) < 0) {
      return whole;
    }
    return whole.replace(String.valueOf(SUB), "" + SUB + SUB).replace("\0", SUB + "0");
  }

  /** The reverse of {@link #of}. */
  static @Nullable String back(@Nullable String stored) {
    if (stored == null || stored.indexOf(SUB) < 0) {
      return stored;
    }
    StringBuilder text = new StringBuilder(stored.length());
    for (int i = 0; i < stored.length(); i++) {
      char c = stored.charAt(i);
      if (c == SUB && i + 1 < stored.length()) {
        i++;
        text.append(stored.charAt(i) == '0' ? NUL : SUB);
      } else {
        text.append(c);
      }
    }
    return text.toString();
  }
}
