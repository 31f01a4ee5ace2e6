package sightline.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static sightline.history.Samples.MIDNIGHT;
import static sightline.history.Samples.event;
import static sightline.history.Samples.events;
import static sightline.history.Samples.ids;
import static sightline.history.Samples.seqs;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import sightline.history.EventLog.Appended;
import sightline.protocol.DeviceEvent;
import sightline.protocol.EventKey;
import sightline.protocol.LogEntry;

/** What every event log must keep to. */
public abstract class EventLogContract {
  private @Nullable EventLog opened;

  /** Opens the log of this test; a second time, after a close, it holds what it held. */
  protected abstract EventLog open();

  /** The log under test. */
  protected final EventLog log() {
    return Objects.requireNonNull(opened);
  }

  /** Closes the log and opens it again. */
  protected final void reopen() {
    log().close();
    opened = open();
  }

  @BeforeEach
  final void openLog() {
    opened = open();
  }

  @AfterEach
  final void closeLog() {
    log().close();
  }

  @Test
  void anEmptyLogHasNothing() {
    assertEquals(0, log().newest());
    assertEquals(0, log().fence());
    assertEquals(List.of(), log().after(0, 10));
    assertNull(log().find(new EventKey("dev-1", "a")));
    assertNull(log().acknowledge(new EventKey("dev-1", "a"), "ann", 1, null));
    assertEquals(0, log().newest());
  }

  @Test
  void aGroupIsNumberedInItsOrderFromOneOn() {
    List<Appended> outcomes = log().append(1, events("dev-1", "a", 3));

    assertEquals(
        List.of(1L, 2L, 3L),
        outcomes.stream().map(EventLogContract::newEntry).map(LogEntry::seq).toList());
    assertEquals(List.of("a-0", "a-1", "a-2"), ids(log().after(0, 10)));
    assertEquals(3, log().newest());
  }

  @Test
  void anEventIsReadBackAsItWasAppended() {
    List<DeviceEvent> odd =
        List.of(
            event("dev-1", "all"),
            new DeviceEvent("d", "none", 0, 0, "t", null, null, Double.NaN, Double.NaN, null),
            new DeviceEvent("d", "zero", 1, 2, "t", "", "", -0.0, 0.0, ""),
            new DeviceEvent(
                "d", "past", Long.MIN_VALUE, Long.MAX_VALUE, "t", null, null, -90, 180, null),
            new DeviceEvent(
                "d",
                "text",
                7_258_118_400_000L,
                3,
                "Größe",
                "高",
                "a\0b 'quoted' \"é\" 😀\n",
                1e-9,
                89.999999999,
                "[]"),
            new DeviceEvent(
                "d",
                "long",
                1,
                2,
                "t",
                "s",
                "m".repeat(16_384),
                1,
                2,
                "{\"x\":\"" + "ü".repeat(16_384) + "\"}"));

    log().append(1, odd);

    assertEquals(odd, log().after(0, 100).stream().map(EventLogContract::eventOf).toList());
    for (DeviceEvent event : odd) {
      assertEquals(event, found(event.key()).entry().event());
    }
    reopen();
    assertEquals(odd, log().after(0, 100).stream().map(EventLogContract::eventOf).toList());
  }

  @Test
  void aRedeliveredEventIsKnownAndTakesNoNumber() {
    log().append(1, List.of(event("dev-1", "a")));
    DeviceEvent changed = event("dev-1", "a", "other", "info", MIDNIGHT + 99);

    List<Appended> outcomes =
        log()
            .append(
                1, List.of(changed, event("dev-1", "b"), event("dev-1", "b"), event("dev-2", "a")));

    Appended.Known known = assertInstanceOf(Appended.Known.class, outcomes.get(0));
    assertEquals(new LogEntry.Recorded(1, event("dev-1", "a")), known.entry());
    assertEquals(2, newEntry(outcomes.get(1)).seq());
    assertEquals(2, assertInstanceOf(Appended.Known.class, outcomes.get(2)).entry().seq());
    assertEquals(3, newEntry(outcomes.get(3)).seq());
    assertEquals(3, log().newest());
  }

  @Test
  void anEventThatCannotBeStoredIsRefusedAndTheRestGoOn() {
    DeviceEvent half =
        new DeviceEvent("dev-1", "half", 1, 2, "alert", null, "half \ud83d", 1, 2, null);

    List<Appended> outcomes =
        log().append(1, List.of(event("dev-1", "a"), half, event("dev-1", "b")));

    assertEquals(1, newEntry(outcomes.get(0)).seq());
    assertEquals(half.key(), assertInstanceOf(Appended.Refused.class, outcomes.get(1)).key());
    assertEquals(2, newEntry(outcomes.get(2)).seq());
    assertEquals(List.of("a", "b"), ids(log().after(0, 10)));
    assertInstanceOf(Appended.Refused.class, log().append(1, List.of(half)).getFirst());
  }

  @Test
  void theFenceRefusesALowerTokenAndNothingIsWritten() {
    log().append(7, List.of(event("dev-1", "a")));

    assertThrows(FencedOut.class, () -> log().append(6, List.of(event("dev-1", "b"))));

    assertEquals(7, log().fence());
    assertEquals(List.of("a"), ids(log().after(0, 10)));
    assertEquals(2, newEntry(log().append(7, List.of(event("dev-1", "c"))).getFirst()).seq());
    log().append(9, List.of());
    reopen();
    assertEquals(9, log().fence());
    assertThrows(FencedOut.class, () -> log().append(8, List.of()));
  }

  @Test
  void theFirstAcknowledgementStands() {
    log().append(1, List.of(event("dev-1", "a")));
    EventKey key = new EventKey("dev-1", "a");

    LogEntry.Acknowledged first = log().acknowledge(key, "ann", 10, "on my way");
    LogEntry.Acknowledged second = log().acknowledge(key, "bob", 20, null);

    assertEquals(new LogEntry.Acknowledged(2, key, "ann", 10, "on my way"), first);
    assertEquals(first, second);
    assertEquals(2, log().newest());
    assertEquals(first, found(key).acknowledged());
    assertEquals(List.of(new LogEntry.Recorded(1, event("dev-1", "a")), first), log().after(0, 10));
    assertEquals(3, newEntry(log().append(1, List.of(event("dev-1", "b"))).getFirst()).seq());
  }

  private List<EventKey> open(long after, int limit) {
    return log().openAlarms(after, limit).stream().map(OpenAlarm::key).toList();
  }

  @Test
  void openAlarmsAreTheCriticalOnesThatNobodyAcknowledged() {
    DeviceEvent first = event("dev-1", "a", "alert", "critical", MIDNIGHT);
    DeviceEvent second = event("dev-2", "b", "alert", "critical", MIDNIGHT);
    log().append(1, List.of(first, event("dev-1", "w", "alert", "warning", MIDNIGHT), second));
    assertEquals(List.of(first.key(), second.key()), open(0, 10));
    assertEquals(List.of(first.key()), open(0, 1));
    assertEquals(List.of(second.key()), open(1, 10));
    List<OpenAlarm> all = new ArrayList<>();
    log().eachOpenAlarms(all::addAll);
    assertEquals(
        List.of(
            new OpenAlarm(1, first.key(), first.received()),
            new OpenAlarm(3, second.key(), second.received())),
        all);

    log().acknowledge(first.key(), "ann", 1, null);

    assertEquals(List.of(second.key()), open(0, 10));
  }

  @Test
  void whatComesAfterANumberIsReadInPages() {
    log().append(1, events("dev-1", "a", 10));

    assertEquals(List.of(1L, 2L, 3L, 4L), seqs(log().after(0, 4)));
    assertEquals(List.of(5L, 6L, 7L, 8L), seqs(log().after(4, 4)));
    assertEquals(List.of(9L, 10L), seqs(log().after(8, 4)));
    assertEquals(List.of(), log().after(10, 4));
  }

  @Test
  void thePastIsReadByTheMomentOfEachEntryAndInPages() {
    log()
        .append(
            1,
            List.of(
                event("dev-1", "late", "alert", "info", MIDNIGHT + 300),
                event("dev-1", "a", "alert", "info", MIDNIGHT + 100),
                event("dev-2", "b", "alert", "info", MIDNIGHT + 100),
                event("dev-2", "after", "alert", "info", MIDNIGHT + 900)));
    log().acknowledge(new EventKey("dev-1", "a"), "local", MIDNIGHT + 200, null);

    List<LogEntry> all = log().within(MIDNIGHT, 0, MIDNIGHT + 900, 9);
    assertEquals(List.of("a", "b", "a", "late"), Samples.ids(all));
    assertEquals(List.of(2L, 3L, 5L, 1L), Samples.seqs(all));
    assertEquals(all.subList(0, 2), log().within(MIDNIGHT, 0, MIDNIGHT + 900, 2));
    assertEquals(all.subList(1, 4), log().within(MIDNIGHT + 100, 2, MIDNIGHT + 900, 9));
    assertEquals(List.of(), log().within(MIDNIGHT + 300, 1, MIDNIGHT + 900, 9));
  }

  @Test
  void anAlarmOfThePastIsOpenUntilItWasAcknowledged() {
    DeviceEvent first = event("dev-1", "a", "alert", "critical", MIDNIGHT);
    DeviceEvent second = event("dev-2", "b", "alert", "critical", MIDNIGHT + 50);
    log().append(1, List.of(first, second, event("dev-3", "c", "alert", "info", MIDNIGHT)));
    log().acknowledge(first.key(), "local", MIDNIGHT + 100, null);

    assertEquals(List.of(), log().openCriticalAt(MIDNIGHT, 9));
    assertEquals(List.of(second, first), log().openCriticalAt(MIDNIGHT + 100, 9));
    assertEquals(List.of(second), log().openCriticalAt(MIDNIGHT + 100, 1));
    assertEquals(List.of(second), log().openCriticalAt(MIDNIGHT + 101, 9));
  }

  @Test
  void aQueryFiltersAndPagesNewestFirst() {
    for (int i = 0; i < 12; i++) {
      String device = i % 2 == 0 ? "dev-1" : "dev-2";
      String type = i % 3 == 0 ? "alert" : "trigger";
      String severity = i % 4 == 0 ? "critical" : "info";
      log().append(1, List.of(event(device, "e" + i, type, severity, MIDNIGHT + 1000L * i)));
    }

    long min = Long.MIN_VALUE;
    long max = Long.MAX_VALUE;
    assertEquals(List.of(12L, 11L, 10L), query(min, max, null, null, null, max, 3));
    assertEquals(List.of(9L, 8L, 7L), query(min, max, null, null, null, 10, 3));
    assertEquals(List.of(11L, 9L, 7L, 5L, 3L, 1L), query(min, max, "dev-1", null, null, max, 9));
    assertEquals(List.of(10L, 7L, 4L, 1L), query(min, max, null, "alert", null, max, 9));
    assertEquals(List.of(9L, 5L, 1L), query(min, max, null, null, "critical", max, 9));
    assertEquals(List.of(7L, 1L), query(min, max, "dev-1", "alert", null, max, 9));
    assertEquals(List.of(1L), query(min, max, "dev-1", "alert", "critical", 7, 9));
    assertEquals(
        List.of(5L, 4L, 3L), query(MIDNIGHT + 2000, MIDNIGHT + 5000, null, null, null, max, 9));
    assertEquals(List.of(2L, 1L), query(min, MIDNIGHT + 2000, null, null, null, max, 9));
    assertEquals(List.of(12L), query(MIDNIGHT + 10_001, max, null, null, null, max, 9));
    assertEquals(List.of(5L), query(MIDNIGHT + 4000, max, "dev-1", "trigger", "critical", 9, 9));
  }

  @Test
  void aSpanIsOfTheDevicesTimeOrOfTheArrival() {
    long clockOf2006 = MIDNIGHT - 619_000_000_000L;
    log()
        .append(
            1,
            List.of(
                new DeviceEvent(
                    "dev-1", "wrong", clockOf2006, MIDNIGHT, "t", null, null, 1, 2, null),
                new DeviceEvent(
                    "dev-1", "late", MIDNIGHT, MIDNIGHT + 9_000, "t", null, null, 1, 2, null)));

    assertEquals(List.of("late"), in(false, MIDNIGHT, MIDNIGHT + 1, null));
    assertEquals(List.of("wrong"), in(true, MIDNIGHT, MIDNIGHT + 1, null));
    assertEquals(List.of("wrong"), in(true, MIDNIGHT, MIDNIGHT + 9_000, "dev-1"));
    assertEquals(List.of("late", "wrong"), in(true, MIDNIGHT, MIDNIGHT + 9_001, null));
    assertEquals(List.of("wrong"), in(false, Long.MIN_VALUE, MIDNIGHT, null));
  }

  private List<String> in(boolean byReceived, long from, long to, @Nullable String device) {
    EventQuery query = new EventQuery(byReceived, from, to, device, null, null, Long.MAX_VALUE, 9);
    return log().query(query).stream().map(each -> each.entry().event().id()).toList();
  }

  @Test
  void acknowledgementsAreNotEventsOfAQueryButAreShownWithTheirs() {
    log().append(1, events("dev-1", "a", 2));
    LogEntry.Acknowledged acknowledged =
        log().acknowledge(new EventKey("dev-1", "a-0"), "ann", 10, null);

    List<EventLog.Stored> found = log().query(all(10));

    assertEquals(List.of(2L, 1L), found.stream().map(each -> each.entry().seq()).toList());
    assertNull(found.get(0).acknowledged());
    assertEquals(acknowledged, found.get(1).acknowledged());
  }

  @Test
  void retentionRemovesOldEventsWithTheirAcknowledgementsAndNumbersGoOn() {
    log().append(1, List.of(event("dev-1", "old", "alert", "critical", MIDNIGHT - 1)));
    log().append(1, List.of(event("dev-1", "new", "alert", "critical", MIDNIGHT)));
    log().acknowledge(new EventKey("dev-1", "old"), "ann", MIDNIGHT, null);

    assertEquals(1, log().retain(MIDNIGHT, 100));

    assertEquals(List.of(2L), seqs(log().after(0, 10)));
    assertEquals(3, log().newest());
    assertNull(log().find(new EventKey("dev-1", "old")));
    reopen();
    assertEquals(3, log().newest());
    assertEquals(4, newEntry(log().append(1, List.of(event("dev-1", "next"))).getFirst()).seq());
  }

  /** P8: nothing is known of what it said, and an alarm twice is better than none. */
  @Test
  void anIdThatRetentionRemovedIsANewEventWhoeverAcknowledgedTheOther() {
    DeviceEvent old = event("dev-1", "1", "alert", "critical", MIDNIGHT - 1);
    log().append(1, List.of(old));
    log().acknowledge(old.key(), "ann", MIDNIGHT, null);
    assertEquals(1, log().retain(MIDNIGHT, 100));

    DeviceEvent other = event("dev-1", "1", "incident", "critical", MIDNIGHT + 1);

    assertEquals(3, newEntry(log().append(1, List.of(other)).getFirst()).seq());
    assertEquals(other, found(other.key()).entry().event());
  }

  @Test
  void aKnownEventBringsItsAcknowledgementAlong() {
    DeviceEvent event = event("dev-1", "a", "alert", "critical", MIDNIGHT);
    log().append(1, List.of(event));
    LogEntry.Acknowledged by = log().acknowledge(event.key(), "ann", MIDNIGHT, "seen");

    Appended.Known known =
        assertInstanceOf(Appended.Known.class, log().append(1, List.of(event)).getFirst());

    assertEquals(by, known.acknowledged());
  }

  @Test
  void itKnowsWhereRetentionIsAndWhatIsOld() {
    assertEquals(Long.MAX_VALUE, log().retainedSince());
    assertEquals(Long.MAX_VALUE, log().oldestDay());
    log().append(1, List.of(event("dev-1", "a", "alert", "info", MIDNIGHT + 5)));
    log().append(1, List.of(event("dev-1", "b", "alert", "info", MIDNIGHT - 5)));
    log().retainedSince(MIDNIGHT);
    reopen();

    assertEquals(MIDNIGHT, log().retainedSince());
    assertEquals(MIDNIGHT - 86_400_000, log().oldestDay());
    assertEquals(1, log().countBefore(MIDNIGHT));
  }

  @Test
  void retentionWorksInSteps() {
    log().append(1, events("dev-1", "a", 5));

    assertEquals(2, log().retain(Long.MAX_VALUE, 2));
    assertEquals(List.of("a-2", "a-3", "a-4"), ids(log().after(0, 10)));
    assertEquals(2, log().retain(Long.MAX_VALUE, 2));
    assertEquals(1, log().retain(Long.MAX_VALUE, 2));
    assertEquals(0, log().retain(Long.MAX_VALUE, 2));
    reopen();
    assertEquals(5, log().newest());
  }

  @Test
  void aLogThatIsOpenedAgainHoldsAll() {
    log().append(3, events("dev-1", "a", 3));
    LogEntry.Acknowledged acknowledged =
        log().acknowledge(new EventKey("dev-1", "a-1"), "ann", 10, "note");
    List<LogEntry> before = log().after(0, 10);

    reopen();

    assertEquals(before, log().after(0, 10));
    assertEquals(acknowledged, found(new EventKey("dev-1", "a-1")).acknowledged());
    assertEquals(4, log().newest());
    assertEquals(3, log().fence());
    assertInstanceOf(
        Appended.Known.class, log().append(3, List.of(event("dev-1", "a-2"))).getFirst());
  }

  @Test
  void aClosedLogIsUnavailableAndMayBeClosedAgain() {
    log().close();
    log().close();

    assertThrows(HistoryUnavailable.class, () -> log().append(1, events("dev-1", "a", 1)));
    assertThrows(HistoryUnavailable.class, () -> log().newest());
  }

  /** The number from 1 to the newest, each once and in order. */
  static void assertGapFree(EventLog log) {
    List<Long> all = seqs(log.after(0, Integer.MAX_VALUE));
    assertEquals(LongStream.rangeClosed(1, log.newest()).boxed().toList(), all);
  }

  /** Everything, newest first. */
  static EventQuery all(int limit) {
    return new EventQuery(
        false, Long.MIN_VALUE, Long.MAX_VALUE, null, null, null, Long.MAX_VALUE, limit);
  }

  static LogEntry.Recorded newEntry(Appended outcome) {
    return assertInstanceOf(Appended.New.class, outcome).entry();
  }

  private static DeviceEvent eventOf(LogEntry entry) {
    return assertInstanceOf(LogEntry.Recorded.class, entry).event();
  }

  private EventLog.Stored found(EventKey key) {
    EventLog.Stored stored = log().find(key);
    assertNotNull(stored);
    return Objects.requireNonNull(stored);
  }

  private List<Long> query(
      long from,
      long to,
      @Nullable String device,
      @Nullable String type,
      @Nullable String severity,
      long before,
      int limit) {
    return log()
        .query(new EventQuery(false, from, to, device, type, severity, before, limit))
        .stream()
        .map(each -> each.entry().seq())
        .toList();
  }
}
