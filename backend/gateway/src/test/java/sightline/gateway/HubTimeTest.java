package sightline.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sightline.time.RoleClock;

/** G5: the hub's time is shared, so that who asks without end waits for nobody but itself. */
final class HubTimeTest {
  private static final long MILLI = 1_000_000;

  @TempDir Path directory;
  private final AtomicLong nanos = new AtomicLong();
  private Rig rig;
  private Browsers browsers;
  private HubTime time;

  @BeforeEach
  void open() {
    rig = new Rig(directory);
    browsers = new Browsers(rig.gateway.hub(), RoleClock.of(InstantSource.system(), nanos::get));
    time = new HubTime(browsers.metrics());
  }

  @AfterEach
  void close() {
    browsers.close();
    rig.close();
  }

  @Test
  void g5WhoHasHadItsPartOfTheHubWaitsUntilItGrowsAgainAndOthersDoNot() {
    LiveSession greedy = browsers.at("a");
    LiveSession other = browsers.at("a");
    time.pictureTook(greedy, 600 * MILLI, 0);
    assertFalse(time.mayHavePicture(greedy, MILLI));
    assertFalse(time.mayCatchUp(greedy, MILLI));
    assertTrue(time.mayHavePicture(other, MILLI));
    assertTrue(time.mayHavePicture(greedy, TimeUnit.SECONDS.toNanos(3)));
  }

  @Test
  void g5ManyBrowsersOfOneAddressHaveNoMoreThanItsPartTogether() {
    for (int i = 0; i < 10; i++) {
      time.pictureTook(browsers.at("a"), 400 * MILLI, 0);
    }
    assertFalse(time.mayHavePicture(browsers.at("a"), MILLI));
    assertTrue(time.mayCatchUp(browsers.at("a"), MILLI), "what was missed is no picture");
    assertTrue(time.mayHavePicture(browsers.at("b"), MILLI));
    time.prune(TimeUnit.MINUTES.toNanos(1));
    assertEquals(0, time.size());
  }

  @Test
  void g5OfSeveralSubscriptionsOfOneBrowserTheNewestWaits() {
    Waiting waiting = new Waiting();
    LiveSession session = browsers.at("a");
    Newcomer newest = Browsers.asks(session, "dev-2");
    waiting.add(Browsers.asks(session, "dev-1"));
    waiting.add(newest);
    assertEquals(1, waiting.size());
    assertSame(newest, waiting.take(any -> true));
    assertTrue(waiting.isEmpty());
  }

  @Test
  void g5AddressesTakeTurnsHoweverManyAskFromOne() {
    Waiting waiting = new Waiting();
    for (int i = 0; i < 100; i++) {
      waiting.add(Browsers.asks(browsers.at("crowded"), "dev-1"));
    }
    waiting.add(Browsers.asks(browsers.at("alone"), "dev-1"));
    List<String> served = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      Newcomer next = waiting.take(any -> true);
      served.add(next == null ? "nobody" : next.session().address());
    }
    assertEquals(List.of("crowded", "alone"), served);
  }

  @Test
  void g5WhoMayNotYetIsPassedOverAndKeepsWaiting() {
    Waiting waiting = new Waiting();
    LiveSession greedy = browsers.at("a");
    LiveSession other = browsers.at("a");
    waiting.add(Browsers.asks(greedy, "dev-1"));
    waiting.add(Browsers.asks(other, "dev-1"));
    Newcomer next = waiting.take(session -> session != greedy);
    assertSame(other, next == null ? null : next.session());
    assertNull(waiting.take(session -> session != greedy));
    assertEquals(1, waiting.size());
    waiting.remove(greedy);
    assertTrue(waiting.isEmpty());
  }
}
