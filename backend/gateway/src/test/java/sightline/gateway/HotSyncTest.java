package sightline.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import sightline.bus.BusMessage;
import sightline.bus.DeviceRecord;
import sightline.bus.HotState;

/** G2 in the hub: where the gateway is in the batches, and the merge of a read with them. */
final class HotSyncTest {
  private final HotSync sync = new HotSync();
  private final Inbox inbox =
      new Inbox(100, new GatewayMetrics(new SimpleMeterRegistry()), () -> {});

  private static DeviceRecord at(String id, double lat) {
    return Rig.device(id, lat, 0, 0);
  }

  private static HotState.Snapshot hot(String epoch, long token, long number, DeviceRecord... of) {
    return new HotState.Snapshot(epoch, token, number, List.of(of), List.of());
  }

  private void hear(String epoch, long token, long number, DeviceRecord... of) {
    inbox.put(new BusMessage.Batch(epoch, token, number, List.of(of)));
  }

  private void take() {
    sync.heard(inbox.take());
  }

  private static double lat(@Nullable List<DeviceRecord> records, String id) {
    assertNotNull(records);
    for (DeviceRecord record : records) {
      if (record.id().equals(id) && record.position() != null) {
        return record.position().lat();
      }
    }
    return Double.NaN;
  }

  private void synced(long number) {
    sync.readBegins();
    sync.readEnds(hot("e", 1, number));
    assertTrue(sync.synced());
  }

  @Test
  void batchesThatTheReadHasAreDroppedAndLaterOnesWin() {
    sync.readBegins();
    hear("e", 1, 4, at("a", 4), at("b", 4));
    take();
    hear("e", 1, 5, at("b", 5));
    take();
    List<DeviceRecord> merged = sync.readEnds(hot("e", 1, 4, at("a", 44), at("b", 4)));
    assertEquals(5, lat(merged, "b"));
    sync.heard(inbox.take());
    hear("e", 1, 6, at("a", 6));
    take();
    assertTrue(sync.synced());
  }

  @Test
  void batchesThatAreAllOlderThanTheReadChangeNothing() {
    sync.readBegins();
    hear("e", 1, 3, at("a", 3));
    take();
    assertEquals(7, lat(sync.readEnds(hot("e", 1, 9, at("a", 7))), "a"));
  }

  @Test
  void aHoleBetweenTheReadAndWhatCameAsksForAnotherRead() {
    sync.readBegins();
    hear("e", 1, 9, at("a", 9));
    take();
    assertNull(sync.readEnds(hot("e", 1, 7)));
    assertTrue(sync.needsRead());
  }

  @Test
  void aHoleBetweenTwoTakesAsksForARead() {
    synced(3);
    hear("e", 1, 5);
    take();
    assertTrue(sync.needsRead());
  }

  @Test
  void aHoleInsideOneTakeAsksForARead() {
    synced(3);
    hear("e", 1, 4);
    hear("e", 1, 6);
    take();
    assertTrue(sync.needsRead());
  }

  @Test
  void anotherEpochOrTokenAsksForAReadEvenWithTheNextNumber() {
    synced(3);
    hear("f", 1, 4);
    take();
    assertTrue(sync.needsRead());
    synced(3);
    hear("e", 2, 4);
    take();
    assertTrue(sync.needsRead());
  }

  @Test
  void aRepeatedBatchIsHarmless() {
    synced(3);
    hear("e", 1, 3);
    take();
    hear("e", 1, 4);
    take();
    assertTrue(sync.synced());
  }

  @Test
  void aReadOfAnOlderLifeThanWhatCameIsDoneAgain() {
    sync.readBegins();
    hear("f", 2, 1, at("a", 1));
    take();
    assertNull(sync.readEnds(hot("e", 1, 8)));
    assertFalse(sync.synced());
  }

  @Test
  void aFailedReadDuringWhichBatchesCameIsDoneAgain() {
    synced(3);
    sync.readBegins();
    hear("e", 1, 4);
    take();
    sync.readFailed();
    assertTrue(sync.needsRead());
  }

  @Test
  void theInboxKeepsTheNewestOfEachDeviceAndCountsTheOthers() {
    hear("e", 1, 1, at("a", 1), at("b", 1));
    hear("e", 1, 2, at("a", 2));
    Inbox.Taken taken = inbox.take();
    assertEquals(2, taken.devices().size());
    assertEquals(2, lat(taken.devices(), "a"));
    assertEquals(new Inbox.BatchRange("e", 1, 1, 2), taken.range());
    assertTrue(inbox.isEmpty());
  }

  @Test
  void theInboxSaysWhenItDroppedEvents() {
    for (int i = 0; i < 101; i++) {
      inbox.put(new BusMessage.Pending(List.of(Rig.event("a", "e" + i, null))));
    }
    Inbox.Taken taken = inbox.take();
    assertTrue(taken.eventsLost());
    assertEquals(100, taken.events().size());
    assertFalse(inbox.take().eventsLost());
  }
}
