package sightline.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KilledProcessTest {
  private static final int KILLS = 3;
  private static final int GROUPS_BEFORE_KILL = 150;
  private static final int ENDLESS = 1_000_000;

  @TempDir private Path directory;

  @Test
  void whatAppendReturnedIsThereOnceAfterKillMinusNine() throws Exception {
    Set<String> promised = new HashSet<>();
    for (int kill = 0; kill < KILLS; kill++) {
      promised.addAll(idsAppendedUntilKilled(kill * ENDLESS));
    }

    try (EventLog log = SqliteEventLog.open(directory, HistorySettings.DEFAULT)) {
      List<String> stored = Samples.ids(log.after(0, Integer.MAX_VALUE));
      assertEquals(stored.size(), new HashSet<>(stored).size(), "an event is there twice");
      assertTrue(new HashSet<>(stored).containsAll(promised), "an event is lost");
      assertTrue(
          stored.size() <= promised.size() + KILLS * AppendingProcess.GROUP, "one group in flight");
      EventLogContract.assertGapFree(log);
    }
  }

  /** The ids whose append had returned, to the child's own knowledge, when it was killed. */
  private Set<String> idsAppendedUntilKilled(int firstGroup) throws Exception {
    Set<String> promised = new HashSet<>();
    Process child =
        ChildJvm.start(
            directory,
            List.of(),
            AppendingProcess.class,
            directory.toString(),
            AppendingProcess.AS_SHIPPED,
            String.valueOf(firstGroup),
            String.valueOf(ENDLESS));
    try (BufferedReader lines = child.inputReader()) {
      int groups = 0;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("appended ")) {
          int group = Integer.parseInt(line.substring("appended ".length()));
          promised.addAll(
              Samples.events("dev-1", "g" + group, AppendingProcess.GROUP).stream()
                  .map(event -> event.id())
                  .toList());
          if (++groups == GROUPS_BEFORE_KILL) {
            // Not the process's own method, which closes the pipe with what is still in it.
            child.toHandle().destroyForcibly();
          }
        }
      }
      assertTrue(groups >= GROUPS_BEFORE_KILL, "only " + groups + " groups");
    } finally {
      child.destroyForcibly();
    }
    assertTrue(child.waitFor(20, TimeUnit.SECONDS));
    assertNotEquals(0, child.exitValue());
    return promised;
  }
}
