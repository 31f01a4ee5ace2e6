package sightline.drill;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

final class SyncTraceTest {
  private static final String ACK =
      "9 write(31<socket:[7]>, \"2#\\0devices/traced/acks\\0{\\\"event\\\":\\\"e-%d\\\"}\", 40) = 40";

  private static SyncTrace read(String... lines) {
    SyncTrace trace = new SyncTrace(List.of("e-1", "e-2"));
    List.of(lines).forEach(trace::line);
    return trace;
  }

  @Test
  void aCompletedSyncBetweenWriteAndAcknowledgementCounts() {
    SyncTrace trace =
        read(
            "7 pwrite64(5</d/events.db-wal>, \"..e-1..\", 4096, 32) = 4096",
            "8 write(31<socket:[7]>, \"unrelated\", 9) = 9",
            "7 fdatasync(5</d/events.db-wal> <unfinished ...>",
            "7 <... fdatasync resumed>) = 0",
            ACK.formatted(1));

    assertEquals(List.of("e-1"), trace.synced());
    assertEquals(List.of(), trace.unsynced());
  }

  @Test
  void aSyncThatFailedOrIsOfAnotherFileOrTooEarlyOrTooLateDoesNot() {
    SyncTrace trace =
        read(
            "7 fdatasync(5</d/events.db-wal>) = 0",
            "7 fdatasync(5</d/events.db-wal> <unfinished ...>",
            "9 pwrite64(5</d/events.db-wal>, \"..e-1..e-2..\", 4096, 32) = 4096",
            "7 <... fdatasync resumed>) = 0",
            "7 fdatasync(5</d/events.db-wal>) = -1 EIO (Input/output error)",
            "7 fdatasync(6</d/positions.db-wal>) = 0",
            ACK.formatted(1),
            "7 fdatasync(5</d/events.db-wal> <unfinished ...>",
            ACK.formatted(2),
            "7 <... fdatasync resumed>) = 0");

    assertEquals(List.of("e-1", "e-2"), trace.unsynced());
    assertEquals(List.of(), trace.synced());
  }
}
