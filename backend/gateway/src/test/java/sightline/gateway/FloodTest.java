package sightline.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sightline.bus.DeviceRecord;

/** G5: whatever a browser asks for, what it costs is bounded. */
final class FloodTest {
  private static final int DEVICES = 600;

  /** Fewer than a browser may ask for at once, so that none of them is refused. */
  private static final int ASKED = 90;

  @TempDir Path directory;

  private static void publish(Rig rig) {
    List<DeviceRecord> all = new ArrayList<>();
    for (int i = 0; i < DEVICES; i++) {
      all.add(Rig.device("dev-" + i, 47, 9, 1));
    }
    rig.publish(all.toArray(DeviceRecord[]::new));
  }

  private static String rooms(int other) {
    StringBuilder names = new StringBuilder("{\"type\":\"subscribe\",\"devices\":[\"x-" + other);
    for (int i = 0; i < DEVICES; i++) {
      names.append("\",\"dev-").append(i);
    }
    return names.append("\"]}").toString();
  }

  private static double pending(Rig rig) {
    return rig.metrics.get("sightline.gateway.pending.bytes").gauge().value();
  }

  /** Waits until the hub has nothing more to give to anybody. */
  private static void settle(Rig rig) {
    Await.until(() -> rig.gateway.hub().ask(hub -> hub.subscriptions().waiting()).join() == 0);
  }

  /** The figure is taken now and then, and has what another one was just reading; that passes. */
  private static void bounded(Rig rig, double most) {
    Await.until(() -> pending(rig) < most);
  }

  @Test
  void g5WhatWaitsForABrowserIsBoundedByOnePictureWhateverItAsks() throws Exception {
    try (Rig rig = new Rig(directory)) {
      publish(rig);
      rig.start();
      try (RawClient one = RawClient.live(rig.port(), "", 4_096);
          RawClient deaf = RawClient.live(rig.port(), "", 4_096)) {
        one.text(rooms(0));
        int picture = one.message("snapshot").length();
        for (int i = 0; i < ASKED; i++) {
          deaf.text(rooms(i));
        }
        deaf.text("{\"type\":\"rubbish\"}");
        Await.until(() -> rig.metrics.find("sightline.gateway.rejected").counters().size() > 0);
        settle(rig);
        Await.until(() -> pending(rig) > 0);
        double most = picture + 2.0 * LiveSettings.DEFAULT.writeHighBytes();
        bounded(rig, most);
        deaf.text("{\"type\":\"subscribe\",\"devices\":[\"dev-7\"]}");
        String last = deaf.message("snapshot");
        while (last.length() > picture / 2) {
          last = deaf.message("snapshot");
        }
        assertTrue(last.contains("\"dev-7\""), last);
        assertTrue(rig.counted("sightline.gateway.subscriptions.replaced") > ASKED / 2);
      }
    }
  }

  @Test
  void g5ABrowserThatKeepsSubscribingIsClosed() throws Exception {
    try (Rig rig = new Rig(directory).start();
        RawClient restless = RawClient.live(rig.port())) {
      for (int i = 0; i < 200; i++) {
        restless.text("{\"type\":\"subscribe\",\"devices\":[\"dev-" + i + "\"]}");
      }
      assertEquals(4400, restless.await(RawClient.CLOSE).closeCode());
      assertTrue(
          rig.counted("sightline.gateway.rejected", "reason", "too-many-subscriptions") >= 20);
    }
  }

  @Test
  void g5APictureThatIsReplacedIsAskedForByEachBrowserWhenItCanTakeIt() throws Exception {
    try (Rig rig = new Rig(directory)) {
      publish(rig);
      rig.start();
      try (RawClient deaf = RawClient.live(rig.port(), "?devices=all", 4_096);
          LiveClient other = rig.liveAll()) {
        String first = deaf.message("snapshot");
        for (int i = 0; i < 20; i++) {
          rig.gateway
              .hub()
              .ask(
                  hub -> {
                    hub.subscriptions().refreshAll();
                    return 0;
                  })
              .join();
          other.await("snapshot");
        }
        settle(rig);
        double most = first.length() + 2.0 * LiveSettings.DEFAULT.writeHighBytes();
        bounded(rig, most);
        assertTrue(deaf.message("snapshot").contains("dev-7"));
      }
    }
  }
}
