package sightline.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sightline.bus.InProcessBus;
import sightline.bus.PositionStream;
import sightline.time.RoleClock;

/** What the recorder does where the stream is not as it should be. */
final class RecorderDefectTest {
  @TempDir private Path directory;

  private final RoleClock clock = RoleClock.system();
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final CountDownLatch failed = new CountDownLatch(1);

  /** A stream of one page, which is empty behind it. */
  private record OnePage(Page page, AtomicReference<Cursor> trimmed) implements PositionStream {
    @Override
    public Page read(Cursor after, int limit) {
      if (page.end().id() < 0) {
        throw new IllegalStateException("a defect");
      }
      boolean behind = after.id() >= page.end().id();
      return behind ? new Page(List.of(), page.end(), 0, page.newest(), 0) : page;
    }

    @Override
    public void trim(Cursor through) {
      trimmed.set(through);
    }

    @Override
    public long size() {
      return 0;
    }

    @Override
    public long cap() {
      return 1_000;
    }
  }

  private Recorder recorder(PositionStream stream, PositionStore store, EventLog log) {
    HistorySettings settings = HistorySettings.DEFAULT;
    return new Recorder(
        stream, new InProcessBus(1), store, log, settings, clock, registry, failed::countDown);
  }

  @Test
  void aDefectEndsTheRoleAndIsNotPassedOverInSilence() throws Exception {
    PositionStream.Cursor broken = new PositionStream.Cursor("e", -1);
    PositionStream stream =
        new OnePage(new PositionStream.Page(List.of(), broken, 0, 0, 0), new AtomicReference<>());
    HistorySettings settings = HistorySettings.DEFAULT;
    try (PositionStore store = SqlitePositionStore.open(directory, settings, clock);
        EventLog log = SqliteEventLog.open(directory, settings);
        Recorder recorder = recorder(stream, store, log)) {
      recorder.start();
      assertTrue(failed.await(20, TimeUnit.SECONDS), "the role is told that its thread has ended");
    }
  }

  @Test
  void whatCannotBeReadIsCountedAndDoesNotKeepTheRestWaiting() throws Exception {
    PositionStream.Cursor end = new PositionStream.Cursor("e", 7);
    AtomicReference<PositionStream.Cursor> trimmed = new AtomicReference<>();
    PositionStream stream =
        new OnePage(new PositionStream.Page(List.of(), end, 0, 7, 0, 7), trimmed);
    HistorySettings settings = HistorySettings.DEFAULT;
    try (PositionStore store = SqlitePositionStore.open(directory, settings, clock);
        EventLog log = SqliteEventLog.open(directory, settings);
        Recorder recorder = recorder(stream, store, log)) {
      recorder.start();
      Await.until("the cursor is behind it", () -> end.equals(trimmed.get()));
    }
    assertEquals(7, registry.counter("sightline.recorder.unreadable").count());
    assertEquals(1, failed.getCount());
  }
}
