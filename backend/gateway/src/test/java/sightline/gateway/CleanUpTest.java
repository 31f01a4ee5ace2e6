package sightline.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.PooledByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nothing of a browser stays, whatever way it ended: the seed leaked here. */
final class CleanUpTest {
  private static final int ROUNDS = 12;
  private static final int AT_ONCE = 200;

  @TempDir Path directory;

  @Test
  void thousandsThatEndInEveryWayLeaveNothing() throws Exception {
    ResourceLeakDetector.Level before = ResourceLeakDetector.getLevel();
    ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
    try (Leaks leaks = new Leaks();
        Rig rig = new Rig(directory)) {
      rig.publish(Rig.device("dev-1", 1, 1, 1), Rig.device("dev-2", 1, 1, 1));
      rig.start();
      Await.until(() -> rig.gateway.notReady().isEmpty());
      for (int round = 0; round < ROUNDS; round++) {
        cycle(rig, round);
      }
      Await.until(() -> rig.gateway.loops().stream().allMatch(loop -> loop.size() == 0));
      Await.until(() -> rig.metrics.get("sightline.gateway.connections").gauge().value() == 0);
      assertEquals(0, rig.metrics.get("sightline.gateway.clients").gauge().value());
      Await.until(() -> held(rig) == 0);
      assertEquals(0, rig.gateway.hub().roomNames().size());
      System.gc();
      for (int i = 0; i < 2_000; i++) {
        PooledByteBufAllocator.DEFAULT.directBuffer(16).release();
      }
      assertEquals(List.of(), leaks.found());
    } finally {
      ResourceLeakDetector.setLevel(before);
    }
  }

  /** Seats, views and places without a device that the hub still holds. */
  private static int held(Rig rig) {
    return rig.gateway
        .hub()
        .ask(
            hub ->
                hub.subscriptions().size()
                    + hub.views().size()
                    + hub.fleet().awaited()
                    + hub.fleet().slots().stream().mapToInt(slot -> slot.rooms.size()).sum())
        .join();
  }

  private static void cycle(Rig rig, int round) throws IOException {
    List<RawClient> clients = new ArrayList<>();
    for (int i = 0; i < AT_ONCE; i++) {
      RawClient client = new RawClient(rig.port());
      clients.add(client);
      client.say(begin(i, round));
      if (i % 10 == 0) {
        rig.publish(Rig.device("dev-1", i, round, 1));
        rig.record(Rig.event("dev-2", "ev-" + round + "-" + i, null));
      }
    }
    for (int i = 0; i < AT_ONCE; i++) {
      end(clients.get(i), i);
    }
    for (RawClient client : clients) {
      client.close();
    }
  }

  /** All of them, some rooms, none, half a handshake, and none at all. */
  private static String begin(int i, int round) {
    return switch (i % 5) {
      case 0 -> RawClient.handshake("/live?devices=all", "");
      case 1 -> RawClient.handshake("/live?devices=dev-1,unknown-" + round + "-" + i, "");
      case 2 -> RawClient.handshake("/live", "");
      case 3 -> "GET /live HTTP/1.1\r\nHost: localh";
      default -> "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n";
    };
  }

  private static void end(RawClient client, int i) throws IOException {
    boolean open = i % 5 < 3;
    if (open && i % 2 == 0) {
      assertTrue(client.head().startsWith("HTTP/1.1 101 "));
    }
    switch (i % 4) {
      case 0 -> {
        if (open) {
          client.frame(true, RawClient.CLOSE, new byte[0]);
        }
      }
      case 1 -> client.reset();
      case 2 -> {
        if (open) {
          client.frame(false, RawClient.TEXT, new byte[] {'{'});
        }
      }
      default -> {
        if (open) {
          client.frame(0xff, true, new byte[3]);
        }
      }
    }
  }
}
