package sightline.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static sightline.bus.BusSamples.batch;
import static sightline.bus.BusSamples.device;
import static sightline.bus.BusSamples.event;
import static sightline.bus.BusSamples.recorded;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import sightline.bus.BusMessage;
import sightline.bus.DeviceRecord;
import sightline.protocol.EventKey;
import sightline.protocol.LogEntry;
import sightline.protocol.Refused;

/** The binary forms, also those of the next version. */
final class FormsTest {
  @Test
  void aRecordOfTheNextVersionIsReadByWhatThisOneKnows() {
    DeviceRecord known = device("dev-1", 5);
    byte[] stored = StoredForm.device(known);
    byte[] next = Arrays.copyOf(stored, stored.length + 3);
    next[0] = StoredForm.READABLE;

    assertEquals(known, StoredForm.device(next));
  }

  @Test
  void aFormOfALaterVersionOrThatEndsTooSoonIsRefused() {
    byte[] stored = StoredForm.device(device("dev-1", 5));
    byte[] later = stored.clone();
    later[0] = StoredForm.READABLE + 1;

    assertThrows(UnknownForm.class, () -> StoredForm.device(later));
    for (int length = 0; length < stored.length; length++) {
      byte[] part = Arrays.copyOf(stored, length);
      assertThrows(UnknownForm.class, () -> StoredForm.device(part));
    }
  }

  @Test
  void aDeviceOfWhichNothingIsKnownIsReadBack() {
    DeviceRecord bare =
        new DeviceRecord(
            "dev-1", null, false, "no sign of life", 1, 2, 3, null, -1, null, null, null, null);

    assertEquals(bare, StoredForm.device(StoredForm.device(bare)));
  }

  @Test
  void whatWasRefusedIsReadBackAndARecordOfTheVersionBeforeHasNone() {
    Refused refused = new Refused(12, 9, "location", "wrong-type", "lat", "lat must be a number");
    DeviceRecord bare =
        new DeviceRecord(
            "dev-1", null, true, null, 1, 2, 3, null, null, null, null, null, null, refused);
    assertEquals(bare, StoredForm.device(StoredForm.device(bare)));
    BusMessage refusals =
        new BusMessage.Refusals(List.of(new BusMessage.Refusals.Unit("dev-7", refused)));
    assertEquals(refusals, MessageForm.read(MessageForm.beat(refusals)));

    byte[] stored = StoredForm.device(device("dev-1", 5));
    byte[] before = Arrays.copyOf(stored, stored.length - 1);
    before[0] = 1;
    assertEquals(device("dev-1", 5), StoredForm.device(before));
  }

  @Test
  void messagesAreReadBack() {
    BusMessage.Batch batch = batch(7, device("dev-1", 1), device("dev-2", 2));
    EventKey key = new EventKey("dev-1", "a");
    LogEntry acknowledged = new LogEntry.Acknowledged(2, key, "ann", 9, "seen \u00e9");
    List<LogEntry> entries = List.of(recorded(1, "dev-1", "a"), acknowledged);

    assertEquals(
        batch, MessageForm.read(MessageForm.batch(batch, RedisBus.records(batch.devices()))));
    assertEquals(
        new BusMessage.Pending(List.of(event("dev-1", "a"))),
        MessageForm.read(MessageForm.pending(List.of(StoredForm.event(event("dev-1", "a"))))));
    assertEquals(new BusMessage.Entries(entries), MessageForm.read(MessageForm.entries(entries)));
    assertEquals(
        new BusMessage.Unrecorded(key, "store"),
        MessageForm.read(MessageForm.unrecorded(key, "store")));
  }
}
