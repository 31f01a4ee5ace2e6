package sightline.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Each peer, started by its script, brings every position to every browser, and leaves nothing. */
@Tag("slow")
class PeerTest {
  private static final Path ROOT = Path.of(System.getProperty("sightline.root", "../.."));
  private static final Load LOAD =
      Load.wholeFleet(20, 5, 6, Protocol.json, Duration.ofMillis(500), Duration.ofSeconds(3));

  @Test
  void theSeedArticlesStack() throws IOException, InterruptedException, TimeoutException {
    needs("Mosquitto", "/usr/sbin/mosquitto");
    needs("Redis", "/usr/bin/redis-server");
    needs("Nginx", "/usr/sbin/nginx");
    needs("npm ci in bench/peers", ROOT.resolve("bench/peers/node_modules/ws").toString());
    delivers("seed", 6);
  }

  @Test
  void mosquittosOwnWebSockets() throws IOException, InterruptedException, TimeoutException {
    needs("Mosquitto", "/usr/sbin/mosquitto");
    delivers("mosquitto", 1);
  }

  @Test
  void nats() throws IOException, InterruptedException, TimeoutException {
    needs("nats-server", "/usr/sbin/nats-server");
    delivers("nats", 1);
  }

  private static void delivers(String name, int processes)
      throws IOException, InterruptedException, TimeoutException {
    List<Long> pids;
    try (PeerProcess process = PeerProcess.start(ROOT, name)) {
      pids = process.peer().pids();
      assertEquals(processes, pids.size(), pids.toString());
      Progress silent = new Progress(new PrintStream(OutputStream.nullOutputStream()), false);
      Outcome outcome = new Run(process.peer(), LOAD, silent).measure();
      assertTrue(outcome.faults().none(), outcome.faults().toString());
      assertEquals(1.0, outcome.satisfied());
      assertTrue(outcome.audited() > 100, "decoded " + outcome.audited());
      assertTrue(outcome.system().residentBytes() > 0);
    }
    for (long pid : pids) {
      assertFalse(ProcessHandle.of(pid).isPresent(), "left behind: " + pid);
    }
  }

  private static void needs(String what, String file) {
    assumeTrue(Files.exists(Path.of(file)), what + " is not installed: nothing to test");
  }
}
