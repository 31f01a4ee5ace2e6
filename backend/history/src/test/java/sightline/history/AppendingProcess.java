package sightline.history;

import static sightline.history.Samples.events;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Appends groups of events, one after the other, and says so before and after each: {@code append
 * N} and {@code appended N}, for the events {@code gN-0…}. One thread.
 */
final class AppendingProcess {
  static final int GROUP = 7;

  private AppendingProcess() {}

  /** The argument for a log as the program opens it. */
  static final String AS_SHIPPED = "as-shipped";

  /**
   * Arguments: the data directory, {@link #AS_SHIPPED} or a mode of syncing, the first group, how
   * many groups.
   */
  public static void main(String[] arguments) throws IOException {
    Path directory = Path.of(arguments[0]);
    int first = Integer.parseInt(arguments[2]);
    int count = Integer.parseInt(arguments[3]);
    try (EventLog log = open(directory, arguments[1]);
        OutputStream out = new FileOutputStream(FileDescriptor.out)) {
      for (int group = first; group < first + count; group++) {
        say(out, "append " + group);
        log.append(1, events("dev-1", "g" + group, GROUP));
        say(out, "appended " + group);
      }
    }
  }

  private static EventLog open(Path directory, String mode) {
    HistorySettings settings = HistorySettings.DEFAULT;
    return mode.equals(AS_SHIPPED)
        ? SqliteEventLog.open(directory, settings)
        : SqliteEventLog.open(directory, settings, SqliteConnection.Mode.valueOf(mode));
  }

  /** One write call a line, without a buffer in between. */
  private static void say(OutputStream out, String line) throws IOException {
    out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
  }
}
