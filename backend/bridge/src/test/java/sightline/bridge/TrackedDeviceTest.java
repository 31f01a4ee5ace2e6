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

  private long marks;

  private boolean apply(Status status, boolean retained, long received) {
    return device.apply(status, retained, received, () -> ++marks);
  }

  /** One single location of this moment; gives whether the device came back online by it. */
  private boolean alive(long received) {
    return device.life().seen(Life.Evidence.NOW, received);
  }

  @Test
  void aSeedWillWithItsConnectTimeTurnsTheDeviceOffline() {
    alive(NOW);
    assertTrue(apply(status(false, null), false, NOW));
    assertFalse(device.record().online());
  }

  @Test
  void anyLaterPublishBringsADeviceWithoutSessionsBack() {
    apply(status(false, null), false, NOW);
    assertTrue(alive(NOW + 1));
    assertTrue(device.record().online());
  }

  @Test
  void theWillOfAnEarlierSessionDoesNotCount() {
    apply(status(true, "new"), false, NOW);
    assertFalse(apply(status(false, "old"), false, NOW));
    assertTrue(device.record().online());
    assertTrue(apply(status(false, "new"), false, NOW));
    assertFalse(device.record().online());
  }

  /** P15: whatever order two subscriptions give, and however late the location comes. */
  @Test
  void onlyAnOnlineStatusEndsTheGoodbyeOfASession() {
    apply(status(true, "s"), false, NOW);
    apply(status(false, "s"), false, NOW + 10);
    assertFalse(alive(NOW + 20));
    assertFalse(alive(NOW + 10_000));
    assertFalse(device.record().online());
    assertTrue(apply(status(true, "t"), false, NOW + 11_000));
    assertTrue(device.record().online());
  }

  @Test
  void aRetainedCopyOfTheStatusAppliedLastIsIgnored() {
    apply(status(false, null), false, NOW);
    alive(NOW + 1);
    assertFalse(apply(status(false, null), true, NOW + 2));
    assertTrue(device.record().online());
  }

  @Test
  void aStatusChangesOnlyTheFieldsThatItHas() {
    Status full = new Status(true, NOW, 81, 64, "s", "vehicle", "Unit 12", "4.2");
    apply(full, false, NOW);
    apply(new Status(true, NOW, 80, null, null, null, null, null), false, NOW + 1);
    assertEquals(80, device.record().battery());
    assertEquals(64, device.record().signal());
    assertEquals("Unit 12", device.record().name());
  }

  @Test
  void theNewestPositionIsTheOneWithTheGreatestOrder() {
    assertTrue(device.advance(device.rank(at(NOW, 1), NOW, 1), true));
    assertFalse(device.advance(device.rank(at(NOW - 5_000, 2), NOW + 10, 2), true));
    assertEquals(1, Objects.requireNonNull(device.newest()).lat());
    assertTrue(device.advance(device.rank(at(NOW + 500, 3), NOW + 500, 3), true));
  }

  /** P11: a device's clock that was fast and is set right. */
  @Test
  void aMarkerOfAClockThatWasFastFollowsAtOnceWhenItIsRight() {
    assertTrue(device.advance(device.rank(at(NOW + 55_000, 1), NOW, 1), true));
    assertFalse(
        device.advance(device.rank(at(NOW + 53_000, 2), NOW + 100, 2), true),
        "what only comes out of order gives no way");
    assertTrue(device.advance(device.rank(at(NOW + 1_000, 3), NOW + 1_000, 3), true));
    assertEquals(3, Objects.requireNonNull(device.newest()).lat());
  }

  /** P11: a server's clock that was an hour ahead; what came meanwhile is of the future. */
  @Test
  void whatWasStampedByAClockThatWasWrongGivesWayAlsoAfterARestart() {
    Position wrong = device.rank(at(NOW + 90_000_000, 1), NOW + 3_600_000, 1);
    assertTrue(wrong.skewed(), "its device's clock is ahead too: it has the time of arrival");
    device.restore(wrong, NOW);
    assertTrue(device.record().lastSeen() <= NOW, "nobody was seen in the future");
    assertFalse(device.advance(device.rank(at(NOW + 1_000, 2), NOW + 1_000, 2), false));
    assertTrue(device.advance(device.rank(at(NOW + 1_000, 2), NOW + 1_000, 2), true));
  }

  /** P11. */
  @Test
  void positionsOfOneTimeWithoutANumberAreRankedByTheirArrival() {
    for (int i = 0; i < 3; i++) {
      Position position = device.rank(at(NOW, i), NOW, 1);
      assertEquals(new Order(NOW, i), position.order());
      assertTrue(device.advance(position, true));
    }
    assertEquals(new Order(NOW, 2), device.rank(at(NOW, 2), NOW, 1).order(), "come again");
    assertEquals(new Order(NOW + 1, 0), device.rank(at(NOW + 1, 2), NOW, 1).order());
    Location numbered = new Location(NOW + 1, 5, 6, NONE, NONE, NONE, NONE, 7);
    assertEquals(new Order(NOW + 1, 7), device.rank(numbered, NOW, 1).order());
  }

  @Test
  void aBacklogThatComesAgainHasTheSameOrders() {
    Location[] backlog = {at(NOW - 9, 1), at(NOW - 9, 2), at(NOW - 8, 3), at(NOW - 8, 4)};
    List<Order> first = orders(backlog);
    assertEquals(4, Set.copyOf(first).size());
    assertEquals(first, orders(backlog));
  }

  private List<Order> orders(Location... backlog) {
    return Arrays.stream(backlog).map(each -> device.rank(each, NOW, 1).order()).toList();
  }

  @Test
  void aBufferMovesNoMarkerBackAndKeepsItsTimes() {
    device.advance(device.rank(at(NOW, 1), NOW, 1), true);
    for (int i = 0; i < 60; i++) {
      long then = NOW - 600_000 + i * 1_000L;
      Position late = device.rank(at(then, 2), NOW + i * 1_000L, i);
      assertFalse(late.skewed());
      assertEquals(then, late.order().millis());
      assertFalse(device.advance(late, true));
    }
  }
}
