package sightline.drill.mutants;

import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.Arrays;
import sightline.history.EventLog;
import sightline.history.HistorySettings;
import sightline.history.SqliteEventLog;

/** Sightline's own log in the mode that only its tests can open: without any sync. Stateless. */
final class UnsyncedEventLog {
  private static final int PARAMETERS = 3;

  private UnsyncedEventLog() {}

  static EventLog open(Path directory, HistorySettings settings) {
    try {
      Method open =
          Arrays.stream(SqliteEventLog.class.getDeclaredMethods())
              .filter(method -> method.getName().equals("open"))
              .filter(method -> method.getParameterCount() == PARAMETERS)
              .findFirst()
              .orElseThrow();
      open.setAccessible(true);
      Object off =
          Arrays.stream(open.getParameterTypes()[2].getEnumConstants())
              .filter(mode -> mode.toString().equals("OFF"))
              .findFirst()
              .orElseThrow();
      return (EventLog) open.invoke(null, directory, settings, off);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("history has no way to open a log without sync", e);
    }
  }
}
