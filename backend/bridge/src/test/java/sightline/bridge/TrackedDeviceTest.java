package sightline.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import sightline.protocol.Location;
import sightline.protocol.Order;
import sightline.protocol.Position;
import sightline.protocol.Status;

class TrackedDeviceTest {
  private static final long NOW = 1_767_225_600_000L;
  private static final double NONE = Double.NaN;
  private final TrackedDevice device = new TrackedDevice("dev-1");

  private static Status status(boolean online, @Nullable String session) {
    return new Status(online, NOW - 3_600_000, null, null, session, null, null, null);
  }

  private static Location at(long timestamp, double lat) {
    return new Location(timestamp, lat, 7.42, NONE, NONE, NONE, NONE, 0);
  }

  @Test
  void aSeedWillWithItsConnectTimeTurnsTheDeviceOffline() {
    device.alive(NOW);
    assertTrue(device.apply(status(false, null), false, NOW));
    assertFalse(device.record().online());
  }

  @Test
  void anyLaterPublishBringsADeviceWithoutSessionsBack() {
    device.apply(status(false, null), false, NOW);
    assertTrue(device.alive(NOW + 1));
    assertTrue(device.record().online());
  }

  @Test
  void theWillOfAnEarlierSessionDoesNotCount() {
    device.apply(status(true, "new"), false, NOW);
    assertFalse(device.apply(status(false, "old"), false, NOW));
    assertTrue(device.record().online());
    assertTrue(device.apply(status(false, "new"), false, NOW));
    assertFalse(device.record().online());
  }

  @Test
  void aLocationThatAGoodbyeOvertookDoesNotBringTheDeviceBack() {
    device.apply(status(true, "s"), false, NOW);
    device.apply(status(false, "s"), false, NOW + 10);
    assertFalse(device.alive(NOW + 20));
    assertFalse(device.record().online());
    assertTrue(device.alive(NOW + 10_000));
  }

  @Test
  void aRetainedCopyOfTheStatusAppliedLastIsIgnored() {
    device.apply(status(false, null), false, NOW);
    device.alive(NOW + 1);
    assertFalse(device.apply(status(false, null), true, NOW + 2));
    assertTrue(device.record().online());
  }

  @Test
  void aStatusChangesOnlyTheFieldsThatItHas() {
    Status full = new Status(true, NOW, 81, 64, "s", "vehicle", "Unit 12", "4.2");
    device.apply(full, false, NOW);
    device.apply(new Status(true, NOW, 80, null, null, null, null, null), false, NOW + 1);
    assertEquals(80, device.record().battery());
    assertEquals(64, device.record().signal());
    assertEquals("Unit 12", device.record().name());
  }

  @Test
  void theNewestPositionIsTheOneWithTheGreatestOrder() {
    assertTrue(device.advance(device.move(at(NOW, 1), false, NOW, 1)));
    assertFalse(device.advance(device.move(at(NOW - 5_000, 2), true, NOW + 10, 2)));
    assertEquals(1, Objects.requireNonNull(device.newest()).lat());
    assertTrue(device.advance(device.move(at(NOW + 500, 3), false, NOW + 500, 3)));
  }

  /** P11. */
  @Test
  void positionsOfOneTimeWithoutANumberAreRankedByTheirArrival() {
    for (int i = 0; i < 3; i++) {
      Position position = device.move(at(NOW, i), false, NOW, 1);
      assertEquals(new Order(NOW, i), position.order());
      assertTrue(device.advance(position));
    }
    assertEquals(new Order(NOW, 2), device.move(at(NOW, 2), false, NOW, 1).order(), "come again");
    assertEquals(new Order(NOW + 1, 0), device.move(at(NOW + 1, 2), false, NOW, 1).order());
    Location numbered = new Location(NOW + 1, 5, 6, NONE, NONE, NONE, NONE, 7);
    assertEquals(new Order(NOW + 1, 7), device.move(numbered, false, NOW, 1).order());
  }

  @Test
  void aBacklogThatComesAgainHasTheSameOrders() {
    Location[] backlog = {at(NOW - 9, 1), at(NOW - 9, 2), at(NOW - 8, 3), at(NOW - 8, 4)};
    List<Order> first = orders(backlog);
    assertEquals(4, Set.copyOf(first).size());
    assertEquals(first, orders(backlog));
  }

  private List<Order> orders(Location... backlog) {
    return Arrays.stream(backlog).map(each -> device.move(each, true, NOW, 1).order()).toList();
  }

  @Test
  void theUsualIntervalIsAMovingMeanOfTheGaps() {
    for (int i = 0; i < 100; i++) {
      device.alive(NOW + i * 500L);
    }
    assertEquals(500, device.record().usualIntervalMillis());
    device.alive(NOW + 99 * 500L + 1_300);
    assertEquals(600, device.record().usualIntervalMillis());
  }

  @Test
  void withoutASignOfLifeAfterARestartItIsOfflineUntilItPublishes() {
    device.apply(status(true, "s"), true, NOW);
    device.putOnProbation(Long.MAX_VALUE);
    assertTrue(device.endProbation("no sign of life", NOW + 30_000));
    assertEquals("no sign of life", device.record().offlineReason());
    assertTrue(device.alive(NOW + 40_000));
    assertTrue(device.record().online());
    device.putOnProbation(Long.MAX_VALUE);
    device.alive(NOW + 41_000);
    assertFalse(device.endProbation("no sign of life", NOW + 60_000));
  }
}
