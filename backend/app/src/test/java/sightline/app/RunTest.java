package sightline.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stops, kills and stand-bys of roles that are processes of their own. */
@Tag("slow")
final class RunTest {
  @TempDir Path folder;
  private RunRig rig;

  @BeforeEach
  void start() throws Exception {
    rig = new RunRig(folder);
  }

  @AfterEach
  void stop() {
    rig.close();
  }

  @Test
  void aRoleStopsCleanlyOnTermAndAStandbyTakesOverAtOnceFromOne() throws Exception {
    RoleProcess standby = rig.run("bridge");
    rig.until("the standby is ready", standby::ready);
    assertEquals(0, standby.metric("sightline_bridge_active"));
    rig.send(20);

    rig.bridge.process().destroy();
    assertEquals(0, rig.bridge.program().code(), rig.bridge.program().err());

    rig.until("the standby is active", () -> RunRig.active(standby));
    rig.send(20);
    rig.moves();
    rig.allRecordedOnce();
    rig.gateway.process().destroy();
    assertEquals(0, rig.gateway.program().code(), rig.gateway.program().err());
  }

  @Test
  void aStandbyTakesOverFromAKilledBridge() throws Exception {
    RoleProcess standby = rig.run("bridge");
    rig.until("the standby is ready", standby::ready);
    rig.send(20);

    rig.bridge.process().destroyForcibly();
    long start = System.nanoTime();
    rig.send(20);
    rig.until("the standby is active", () -> RunRig.active(standby));
    System.err.printf(
        "standby active %d ms after kill -9%n", (System.nanoTime() - start) / 1_000_000);
    rig.moves();
    rig.allRecordedOnce();
  }

  @Test
  void aBridgeThatSleptIsFencedAndEndsWhileTheStandbyKeepsTheSession() throws Exception {
    RoleProcess standby = rig.run("bridge");
    rig.until("the standby is ready", standby::ready);
    rig.send(20);

    rig.bridge.signal("STOP");
    rig.send(20);
    rig.until("the standby is active", () -> RunRig.active(standby));
    rig.bridge.signal("CONT");

    assertEquals(1, rig.bridge.program().code(), rig.bridge.program().err());
    rig.send(20);
    rig.moves();
    rig.allRecordedOnce();
    assertTrue(RunRig.active(standby), "it still is the active one");
    assertEquals(1, RunRig.connections(standby), "and its session was never taken away");
  }

  @Test
  void aGatewayThatStopsTellsBrowsersWhenToComeBackAndAnotherOneGoesOnFromTheirCursor()
      throws Exception {
    RoleProcess other = rig.run("gateway");
    rig.until("the other gateway is ready", other::ready);
    List<Browser> browsers = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      browsers.add(new Browser(rig.gateway.live(), "null"));
    }
    for (Browser browser : browsers) {
      browser.await("snapshot");
    }
    rig.send(3);
    String cursor = browsers.getFirst().events(3);

    rig.gateway.process().destroy();

    Set<Long> delays = new HashSet<>();
    for (Browser browser : browsers) {
      delays.add(browser.await("reconnect").path("afterMs").asLong());
      assertEquals(1001, browser.closed());
    }
    assertTrue(delays.size() > 10, "spread out: " + delays);
    assertEquals(0, rig.gateway.program().code(), rig.gateway.program().err());
    rig.send(4);
    Browser again = new Browser(other.live(), '"' + cursor + '"');
    again.events(4);
    assertEquals(List.of("n-4", "n-5", "n-6", "n-7"), again.messages());
  }
}
