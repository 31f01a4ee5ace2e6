package sightline.drill;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads what {@code strace -f -y} says of the whole process, and finds for each event whether a
 * completed sync of the log's file lies between its write there and its acknowledgement to the
 * device. Kill -9 can't show that, because the kernel keeps what was written. For one thread.
 */
final class SyncTrace {
  private static final String FILE = "events.db-wal>";
  private static final Pattern CALL =
      Pattern.compile(
          "^(\\d+) +(fsync|fdatasync|write|pwrite64|writev|sendto|sendmsg)\\(\\d+<(.*)$");
  private static final Pattern RESUMED =
      Pattern.compile("^(\\d+) +<\\.\\.\\. (?:fsync|fdatasync) resumed>(.*)$");
  private static final Pattern COMPLETED = Pattern.compile("\\)\\s*= 0\\b");

  private final List<String> ids;
  private final Set<String> written = new HashSet<>();
  private final Set<String> safe = new HashSet<>();
  private final Map<String, Set<String>> syncing = new HashMap<>();
  private final Set<String> acknowledged = new HashSet<>();
  private final List<String> synced = new ArrayList<>();
  private final List<String> unsynced = new ArrayList<>();

  /** For events with these ids, each of which is no part of another. */
  SyncTrace(List<String> ids) {
    this.ids = List.copyOf(ids);
  }

  /** Takes the next line. */
  void line(String line) {
    Matcher call = CALL.matcher(line);
    if (call.find()) {
      String thread = call.group(1);
      String rest = call.group(3);
      if (call.group(2).endsWith("sync")) {
        sync(thread, rest);
      } else {
        write(rest);
      }
      return;
    }
    Matcher resumed = RESUMED.matcher(line);
    if (resumed.find()) {
      completed(syncing.remove(resumed.group(1)), resumed.group(2));
    }
  }

  /** Acknowledged after a completed sync. */
  List<String> synced() {
    return synced;
  }

  /** Acknowledged without one. */
  List<String> unsynced() {
    return unsynced;
  }

  private void sync(String thread, String rest) {
    if (!rest.contains(FILE)) {
      return;
    }
    Set<String> before = new HashSet<>(written);
    if (rest.contains("<unfinished ...>")) {
      syncing.put(thread, before);
    } else {
      completed(before, rest);
    }
  }

  private void completed(@Nullable Set<String> before, String rest) {
    if (before != null && COMPLETED.matcher(rest).find()) {
      safe.addAll(before);
    }
  }

  private void write(String rest) {
    boolean log = rest.contains(FILE);
    boolean answer = rest.contains("/acks");
    if (!log && !answer) {
      return;
    }
    for (String id : ids) {
      if (log && rest.contains(id)) {
        written.add(id);
      } else if (answer && rest.contains("{\\\"event\\\":\\\"" + id) && acknowledged.add(id)) {
        (safe.contains(id) ? synced : unsynced).add(id);
      }
    }
  }
}
