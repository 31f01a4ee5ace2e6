package sightline.gateway;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says once for each origin that its pages were refused, and what to set. Any thread. */
final class Origins {
  static final int MOST = 64;
  private static final Logger LOG = LoggerFactory.getLogger(Origins.class);
  private static final int LONGEST = 200;

  @GuardedBy("this")
  private final Set<String> said = new HashSet<>();

  void refused(@Nullable String origin) {
    String cut = cut(origin);
    boolean fresh;
    synchronized (this) {
      fresh = said.size() < MOST && said.add(cut);
    }
    if (fresh) {
      LOG.warn("refused: {}", whatToDo(cut));
    }
  }

  /** For who runs the gateway. */
  static String whatToDo(@Nullable String origin) {
    return "pages of the origin "
        + cut(origin)
        + " may not open /live or write here; to let them, add it to gateway.allowed-origins";
  }

  private static String cut(@Nullable String origin) {
    String text = origin == null ? "null" : origin;
    return text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
  }
}
