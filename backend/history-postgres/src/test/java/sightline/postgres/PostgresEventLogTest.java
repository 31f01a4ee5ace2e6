package sightline.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static sightline.history.Samples.MIDNIGHT;
import static sightline.history.Samples.event;
import static sightline.history.Samples.ids;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import sightline.history.EventLog;
import sightline.history.EventLog.Appended;
import sightline.history.EventLogContract;
import sightline.history.HistorySettings;
import sightline.protocol.DeviceEvent;
import sightline.protocol.EventKey;

@Tag("slow")
final class PostgresEventLogTest extends EventLogContract {
  private final PostgresSettings database = SharedServer.get().newDatabase();

  @Override
  protected EventLog open() {
    return PostgresEventLog.open(database, HistorySettings.DEFAULT);
  }

  @Test
  void anEventThatTheTableRefusesIsADeadLetterWithItsReasonAndTheRestGoOn() {
    DeviceEvent nameless = event("", "a");
    List<Appended> outcomes =
        log()
            .append(
                1,
                List.of(event("dev-1", "a"), nameless, event("dev-1", "b"), event("dev-1", "b")));

    String detail = assertInstanceOf(Appended.Refused.class, outcomes.get(1)).detail();
    assertTrue(detail.contains("check constraint"), detail);
    assertInstanceOf(Appended.Known.class, outcomes.get(3));
    assertEquals(List.of("a", "b"), ids(log().after(0, 10)));
    assertEquals(2, log().newest());
    assertEquals(
        1,
        SharedServer.get()
            .number(
                database,
                "SELECT count(*) FROM dead_letters WHERE event = 'a' AND detail LIKE '%check%'"));
  }

  @Test
  void textThatPostgresHasNotIsFoundAgainByItself() {
    DeviceEvent odd = event("dev-1", "x\u001a0\0", "ty\0pe", "\u001a\u001a", MIDNIGHT);
    log().append(1, List.of(odd));

    EventLog.Stored found = log().find(new EventKey("dev-1", "x\u001a0\0"));
    assertEquals(odd, Objects.requireNonNull(found).entry().event());
    assertInstanceOf(Appended.Known.class, log().append(1, List.of(odd)).getFirst());
  }

  @Test
  void twoProgramsThatOpenOneLogShareItsNumbers() {
    try (EventLog other = open()) {
      log().append(1, List.of(event("dev-1", "a")));
      other.append(1, List.of(event("dev-1", "b")));
      assertInstanceOf(
          Appended.Known.class, other.append(1, List.of(event("dev-1", "a"))).getFirst());
      assertEquals(List.of("a", "b"), ids(log().after(0, 10)));
    }
  }
}
