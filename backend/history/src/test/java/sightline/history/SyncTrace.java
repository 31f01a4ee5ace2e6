package sightline.history;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads what {@code strace -f -y -e trace=fdatasync,fsync,write} says of an {@link
 * AppendingProcess}: which appends returned without a sync of the log's file in between. Kill -9
 * can't show that, because the kernel keeps what was written. Owned by one thread.
 */
final class SyncTrace {
  private static final Pattern MARK =
      Pattern.compile("write\\(1<.*\"(append|appended) (\\d+)\\\\n");
  private static final Pattern SYNC =
      Pattern.compile("^\\[?(?:pid +)?(\\d+)?\\]? *(?:fdatasync|fsync)\\(\\d+<([^>]*)>(.*)$");
  private static final Pattern RESUMED =
      Pattern.compile("^\\[?(?:pid +)?(\\d+)?\\]? *<\\.\\.\\. (?:fdatasync|fsync) resumed>(.*)$");
  private static final Pattern COMPLETED = Pattern.compile("\\)\\s*= 0\\b");

  private final String file;
  private final Map<String, String> underWay = new HashMap<>();
  private final List<Integer> synced = new ArrayList<>();
  private final List<Integer> unsynced = new ArrayList<>();
  private boolean sawSync;

  /** For syncs of files with this ending. */
  SyncTrace(String file) {
    this.file = file;
  }

  /** Takes the next line of the trace. */
  void line(String line) {
    Matcher mark = MARK.matcher(line);
    if (mark.find()) {
      if (mark.group(1).equals("appended")) {
        (sawSync ? synced : unsynced).add(Integer.valueOf(mark.group(2)));
      }
      sawSync = false;
      return;
    }
    Matcher sync = SYNC.matcher(line);
    if (sync.find()) {
      if (line.contains("<unfinished ...>")) {
        underWay.put(String.valueOf(sync.group(1)), sync.group(2));
      } else {
        completed(sync.group(2), sync.group(3));
      }
      return;
    }
    Matcher resumed = RESUMED.matcher(line);
    if (resumed.find()) {
      String path = underWay.remove(String.valueOf(resumed.group(1)));
      completed(path == null ? "" : path, resumed.group(2));
    }
  }

  private void completed(String path, String rest) {
    if (path.endsWith(file) && COMPLETED.matcher(rest).find()) {
      sawSync = true;
    }
  }

  /** The appends that a completed sync lies inside of. */
  List<Integer> synced() {
    return synced;
  }

  /** The appends that returned without one. */
  List<Integer> unsynced() {
    return unsynced;
  }
}
