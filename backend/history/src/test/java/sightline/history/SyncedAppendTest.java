package sightline.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SyncedAppendTest {
  private static final int APPENDS = 30;
  private static final List<Integer> ALL = IntStream.range(0, APPENDS).boxed().toList();

  @TempDir private Path directory;

  @Test
  void everyAppendReturnsAfterACompletedSync() throws Exception {
    SyncTrace trace = traceOf(AppendingProcess.AS_SHIPPED);

    assertEquals(List.of(), trace.unsynced());
    assertEquals(ALL, trace.synced());
  }

  @Test
  void aStoreThatDoesNotSyncIsFoundOut() throws Exception {
    SyncTrace trace = traceOf("OFF");

    assertEquals(ALL, trace.unsynced());
    assertEquals(List.of(), trace.synced());
  }

  @Test
  void aSyncThatFailedOrIsOfAnotherFileOrOutsideOfAnAppendDoesNotCount() {
    SyncTrace trace = new SyncTrace("events.db-wal");
    for (String line :
        """
        7 write(1<pipe:[9]>, "append 1\\n", 9) = 9
        8 fdatasync(5</data/events.db-wal> <unfinished ...>
        8 <... fdatasync resumed>) = 0
        7 write(1<pipe:[9]>, "appended 1\\n", 11) = 11
        8 fdatasync(5</data/events.db-wal>) = 0
        7 write(1<pipe:[9]>, "append 2\\n", 9) = 9
        8 fdatasync(5</data/events.db-wal>) = -1 EIO (Input/output error)
        8 fdatasync(6</data/positions.db-wal>) = 0
        8 fdatasync(5</data/events.db-wal> <unfinished ...>
        7 write(1<pipe:[9]>, "appended 2\\n", 11) = 11
        """
            .lines()
            .toList()) {
      trace.line(line);
    }

    assertEquals(List.of(1), trace.synced());
    assertEquals(List.of(2), trace.unsynced());
  }

  private SyncTrace traceOf(String mode) throws IOException, InterruptedException {
    Path output = directory.resolve("trace");
    Process child;
    try {
      child =
          ChildJvm.start(
              directory,
              List.of(
                  "strace",
                  "-f",
                  "-y",
                  "-e",
                  "trace=fdatasync,fsync,write",
                  "-o",
                  output.toString()),
              AppendingProcess.class,
              directory.toString(),
              mode,
              "0",
              String.valueOf(APPENDS));
    } catch (IOException e) {
      return fail("this test needs strace (Debian: apt-get install strace)", e);
    }
    try {
      child.getInputStream().readAllBytes();
      assertTrue(child.waitFor(60, TimeUnit.SECONDS));
      assertEquals(0, child.exitValue());
    } finally {
      child.descendants().forEach(ProcessHandle::destroyForcibly);
      child.destroyForcibly();
    }
    SyncTrace trace = new SyncTrace("events.db-wal");
    Files.readAllLines(output).forEach(trace::line);
    return trace;
  }
}
