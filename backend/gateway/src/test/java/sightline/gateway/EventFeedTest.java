package sightline.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import sightline.bus.BusMessage;
import sightline.bus.HotState.PendingEvent;
import sightline.history.OpenAlarm;
import sightline.protocol.DeviceEvent;
import sightline.protocol.LogEntry;
import sightline.protocol.ServerMessage;

/** G1 in the hub: how news, history and hot state become one order, whatever comes first. */
final class EventFeedTest {
  private final List<String> turned = new ArrayList<>();
  private final Alarms alarms = new Alarms();
  private final EventFeed feed =
      new EventFeed(4, alarms, turned::add, new GatewayMetrics(new SimpleMeterRegistry()));

  private static LogEntry recorded(long seq) {
    return new LogEntry.Recorded(seq, event("ev-" + seq));
  }

  private static DeviceEvent event(String id) {
    return Rig.event("dev-1", id, DeviceEvent.CRITICAL);
  }

  private List<Long> taken() {
    return feed.takeEntries().stream().map(LogEntry::seq).toList();
  }

  @Test
  void g1EntriesAfterAHoleWaitUntilHistoryHasFilledIt() {
    feed.base(10);
    feed.take(new BusMessage.Entries(List.of(recorded(13))));
    assertEquals(List.of(), taken());
    assertTrue(feed.behind());
    feed.entries(List.of(recorded(11), recorded(12), recorded(13)));
    assertFalse(feed.behind());
    assertEquals(List.of(11L, 12L, 13L), taken());
  }

  @Test
  void g1AnEntryThatComesTwiceIsTakenOnce() {
    feed.base(0);
    feed.take(new BusMessage.Entries(List.of(recorded(1))));
    feed.entries(List.of(recorded(1), recorded(2)));
    feed.take(new BusMessage.Entries(List.of(recorded(2))));
    assertEquals(List.of(1L, 2L), taken());
  }

  @Test
  void g1TheFirstWordOfTheLogIsWhereItBegins() {
    feed.take(new BusMessage.Entries(List.of(recorded(41), recorded(42))));
    assertEquals(List.of(41L, 42L), taken());
  }

  @Test
  void g1TheRingSaysWhatItNoLongerHolds() {
    feed.base(0);
    feed.entries(List.of(recorded(1), recorded(2), recorded(3), recorded(4), recorded(5)));
    assertEquals(null, feed.ring().after(0, 10));
    assertEquals(
        List.of(recorded(2).key(), recorded(3).key()),
        Objects.requireNonNull(feed.ring().after(1, 2)).stream().map(LogEntry::key).toList());
    assertEquals(List.of(), feed.ring().after(5, 10));
    assertFalse(feed.ring().hasRecorded(event("ev-1").key()));
  }

  /** G1: it was recorded and acknowledged long ago; nobody could end the alarm that it raised. */
  @Test
  void aKnownEventThatComesAgainBringsItsAcknowledgementAndEndsItsAlarm() {
    DeviceEvent panic = event("ev-1");
    feed.base(20_000);
    feed.take(new BusMessage.Pending(List.of(panic)));
    assertTrue(alarms.on("dev-1"));
    List<ServerMessage> _ = feed.takeNews();
    LogEntry.Acknowledged by = new LogEntry.Acknowledged(2, panic.key(), "ann", 1_000, null);

    feed.take(new BusMessage.Entries(List.of(new LogEntry.Recorded(1, panic), by)));

    assertFalse(alarms.on("dev-1"));
    assertEquals(List.of(), feed.pending());
    assertEquals(
        List.of(
            new ServerMessage.Events(List.of(panic), Cursors.text(1)),
            new ServerMessage.Acknowledged(by, Cursors.text(2))),
        feed.takeNews());
    assertEquals(List.of(), taken());
  }

  @Test
  void anEventRecordedDuringAReadOfHotStateDoesNotComeBackAsPending() {
    feed.base(0);
    feed.take(new BusMessage.Pending(List.of(event("ev-1"))));
    feed.readBegins();
    feed.take(new BusMessage.Entries(List.of(recorded(1))));
    feed.readEnds(List.of(new PendingEvent(event("ev-1"), null)));
    assertEquals(List.of(), feed.pending());
  }

  @Test
  void anEventThatComesDuringAReadStaysPendingAndSoDoesItsRefusal() {
    feed.readBegins();
    feed.take(new BusMessage.Pending(List.of(event("a"), event("b"))));
    feed.take(new BusMessage.Unrecorded(event("b").key(), "store"));
    feed.readEnds(List.of(new PendingEvent(event("b"), null)));
    assertEquals(
        Map.of("a", "", "b", "store"),
        feed.pending().stream()
            .collect(
                java.util.stream.Collectors.toMap(
                    p -> p.event().id(),
                    p -> p.unrecordedReason() == null ? "" : p.unrecordedReason())));
  }

  @Test
  void anEventThatTheStoreRefusedIsNoAlarmAnyMore() {
    feed.take(new BusMessage.Pending(List.of(event("a"))));
    assertTrue(alarms.on("dev-1"));
    feed.take(new BusMessage.Unrecorded(event("a").key(), "store"));
    assertFalse(alarms.on("dev-1"));
    feed.readBegins();
    feed.readEnds(List.of(new PendingEvent(event("a"), "store")));
    assertFalse(alarms.on("dev-1"));
    assertEquals(List.of("dev-1", "dev-1"), turned);
  }

  @Test
  void whatHotStateHadAndTheNewsDidNotIsTold() {
    feed.readBegins();
    feed.readEnds(List.of(new PendingEvent(event("lost"), null)));
    assertEquals(
        "lost", ((ServerMessage.Pending) feed.takeNews().getFirst()).events().getFirst().id());
  }

  @Test
  void anAlarmAcknowledgedDuringTheReadOfOpenAlarmsStaysOff() {
    feed.base(1);
    feed.alarmReadBegins();
    DeviceEvent open = event("ev-1");
    feed.entries(List.of(new LogEntry.Acknowledged(2, open.key(), "local", 1, null)));
    feed.alarmsRead(List.of(new OpenAlarm(1, open.key(), open.received())));
    feed.alarmReadEnds();
    assertFalse(alarms.on("dev-1"));
    assertEquals(List.of(), turned);
  }

  @Test
  void aDevicesAlarmStaysOnUntilItsLastCriticalEventIsAcknowledged() {
    feed.base(0);
    feed.entries(List.of(recorded(1), recorded(2)));
    feed.entries(List.of(new LogEntry.Acknowledged(3, event("ev-1").key(), "local", 1, null)));
    assertTrue(alarms.on("dev-1"));
    feed.entries(List.of(new LogEntry.Acknowledged(4, event("ev-2").key(), "local", 1, null)));
    assertFalse(alarms.on("dev-1"));
    assertEquals(List.of("dev-1", "dev-1"), turned);
  }
}
