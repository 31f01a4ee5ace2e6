package sightline.gateway;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A part of a file as {@code Range} asks for it. Immutable.
 *
 * @param first the first byte
 * @param length how many
 */
record ByteRange(long first, long length) {
  /** What can't be: past the end. */
  static final ByteRange UNSATISFIABLE = new ByteRange(0, 0);

  private static final Pattern ONE = Pattern.compile("bytes=([0-9]{0,18})-([0-9]{0,18})");

  /** The range, or null where none is asked for or more than one: then all is given. */
  static @Nullable ByteRange of(@Nullable String header, long size) {
    Matcher range = ONE.matcher(header == null ? "" : header.strip());
    if (!range.matches() || (range.group(1).isEmpty() && range.group(2).isEmpty())) {
      return null;
    }
    if (range.group(1).isEmpty()) {
      long suffix = Math.min(size, Long.parseLong(range.group(2)));
      return suffix == 0 ? UNSATISFIABLE : new ByteRange(size - suffix, suffix);
    }
    long first = Long.parseLong(range.group(1));
    long last = range.group(2).isEmpty() ? size - 1 : Long.parseLong(range.group(2));
    if (!range.group(2).isEmpty() && last < first) {
      return null;
    }
    return first >= size
        ? UNSATISFIABLE
        : new ByteRange(first, Math.min(last, size - 1) - first + 1);
  }
}
