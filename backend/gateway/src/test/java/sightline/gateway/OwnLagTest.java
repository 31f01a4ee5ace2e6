package sightline.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import sightline.time.RoleClock;

/** G3: a gateway that lags by itself says so, blames nobody else, and ends where it is stuck. */
final class OwnLagTest {
  private static final long TICK = TimeUnit.MILLISECONDS.toNanos(50);

  private final AtomicLong nanos = new AtomicLong(5_000_000_000L);
  private final AtomicLong oldest = new AtomicLong();
  private final RoleClock clock = RoleClock.of(InstantSource.system(), nanos::get);
  private final OwnLag lag = new OwnLag(clock, 2);
  private final HealthWatch health = new HealthWatch(Duration.ofMillis(1_500), lag, clock);

  @BeforeEach
  void start() {
    lag.start(oldest::get);
  }

  /** Time passes, while these parts move. */
  private void pass(long nanosMore, boolean hub, boolean first, boolean second) {
    for (long passed = 0; passed < nanosMore; passed += TICK) {
      long now = nanos.addAndGet(TICK);
      if (hub) {
        lag.hubSteps(now);
      }
      if (first) {
        lag.loopTicks(0, now);
      }
      if (second) {
        lag.loopTicks(1, now);
      }
    }
  }

  private static long seconds(double count) {
    return (long) (count * 1e9);
  }

  @Test
  void g3WhileEachPartMovesAndNothingWaitsThePictureIsFresh() {
    pass(seconds(60), true, true, true);
    assertTrue(health.now().fresh());
  }

  @Test
  void g3AHubThatDoesNotMoveIsNamedWithinTwoSecondsAndItsReturnIsToo() {
    pass(seconds(1.5), false, true, true);
    assertEquals("gateway", health.now().reason());
    long since = health.now().since();
    pass(seconds(1), false, true, true);
    assertEquals(since, health.now().since());
    pass(TICK, true, true, true);
    lag.heard();
    assertEquals("gateway", health.now().reason(), "each loop is to tell it");
    pass(seconds(0.3), true, true, true);
    assertNull(health.now().reason());
  }

  @Test
  void g3AnEventLoopThatDoesNotMoveIsNamed() {
    pass(seconds(1.5), true, true, false);
    assertEquals("gateway", health.now().reason());
  }

  @Test
  void g3WhatWaitsForAHubWhoseTimeGoesElsewhereIsNamed() {
    oldest.set(nanos.get());
    pass(seconds(1.5), true, true, true);
    assertEquals("gateway", health.now().reason());
    oldest.set(0);
    assertNull(health.now().reason());
  }

  @Test
  void g3AfterAPauseOfAllItIsTheGatewayThatIsBlamedAndNotTheBridgeItDidNotHear() {
    nanos.addAndGet(seconds(30));
    assertEquals("gateway", health.now().reason());
    pass(TICK, true, true, true);
    assertFalse(health.judge(nanos.get(), clock.millis()));
    assertEquals("gateway", health.now().reason());
    pass(OwnLag.PAUSE_NANOS, true, true, true);
    assertTrue(health.judge(nanos.get(), clock.millis()));
    assertEquals("bridge", health.now().reason(), "it is silent still");
  }

  @Test
  void aPartThatIsStuckForLongEndsTheGatewayOnceAndAPauseDoesNot() {
    List<Throwable> ends = new ArrayList<>();
    Watchdog watchdog = new Watchdog(lag, clock, ends::add);
    nanos.addAndGet(seconds(300));
    assertTrue(watchdog.look(), "the process stood still, not a part of it");
    pass(TICK, true, true, true);
    for (int i = 0; i < 100 && ends.isEmpty(); i++) {
      pass(seconds(0.5), true, true, false);
      var _ = watchdog.look();
    }
    assertEquals(1, ends.size());
    assertTrue(lag.stuckNanos(nanos.get()) < Watchdog.STUCK_NANOS + seconds(1));
  }
}
