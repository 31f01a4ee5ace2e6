package sightline.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static sightline.history.Samples.event;
import static sightline.history.Samples.events;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import sightline.protocol.EventKey;
import sightline.protocol.LogEntry;

/** What every event log must keep to when several threads use it at once. */
public abstract class EventLogConcurrencyContract {
  private static final int WRITERS = 4;
  private static final int ROUNDS = 40;
  private static final int GROUP = 5;

  /** Opens the log of this test. */
  protected abstract EventLog open();

  @Test
  void numbersHaveNoGapWhileSeveralAppendAndAcknowledge() throws Exception {
    try (EventLog log = open();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> running = new ArrayList<>();
      for (int w = 0; w < WRITERS; w++) {
        String device = "dev-" + w;
        running.add(threads.submit(() -> appendAndAcknowledge(log, device)));
      }
      Future<Integer> reader = threads.submit(() -> followToTheEnd(log));
      for (Future<?> each : running) {
        each.get(60, TimeUnit.SECONDS);
      }
      assertEquals(WRITERS * ROUNDS * (GROUP + 1), reader.get(60, TimeUnit.SECONDS));
      EventLogContract.assertGapFree(log);
    }
  }

  @Test
  void ofManyWhoAppendTheSameEventOneIsNewAndOfManyWhoAcknowledgeItOneStands() throws Exception {
    try (EventLog log = open();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<EventLog.Appended>> appends = new ArrayList<>();
      for (int i = 0; i < 16; i++) {
        appends.add(
            threads.submit(() -> log.append(1, List.of(event("dev-1", "same"))).getFirst()));
      }
      int fresh = 0;
      for (Future<EventLog.Appended> each : appends) {
        fresh += each.get(60, TimeUnit.SECONDS) instanceof EventLog.Appended.New ? 1 : 0;
      }
      assertEquals(1, fresh);

      List<Future<LogEntry.Acknowledged>> acknowledgements = new ArrayList<>();
      for (int i = 0; i < 16; i++) {
        String by = "user-" + i;
        acknowledgements.add(
            threads.submit(() -> log.acknowledge(new EventKey("dev-1", "same"), by, 1, null)));
      }
      Set<LogEntry.Acknowledged> standing = new HashSet<>();
      for (Future<LogEntry.Acknowledged> each : acknowledgements) {
        standing.add(each.get(60, TimeUnit.SECONDS));
      }
      assertEquals(1, standing.size());
      EventLogContract.assertGapFree(log);
    }
  }

  private static void appendAndAcknowledge(EventLog log, String device) {
    for (int round = 0; round < ROUNDS; round++) {
      log.append(1, events(device, "r" + round, GROUP));
      log.acknowledge(new EventKey(device, "r" + round + "-0"), device, round, null);
    }
  }

  /** Reads what comes after what it has, as a gateway does; a hole would show as a jump. */
  private static int followToTheEnd(EventLog log) {
    long seq = 0;
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (seq < WRITERS * ROUNDS * (GROUP + 1) && System.nanoTime() < deadline) {
      for (LogEntry entry : log.after(seq, 50)) {
        assertEquals(seq + 1, entry.seq(), "an entry was seen before an earlier one");
        seq = entry.seq();
      }
      assertTrue(log.newest() >= seq);
    }
    return Math.toIntExact(seq);
  }
}
