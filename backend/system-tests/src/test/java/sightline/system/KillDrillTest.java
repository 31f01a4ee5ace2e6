package sightline.system;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sightline.drill.Main;

/** G1 under kill -9, in short; `./sightline drill` does it at length. */
@Tag("slow")
final class KillDrillTest {
  @TempDir private Path folder;

  @Test
  void g1EveryAcknowledgedEventIsKeptOnceAcrossKills() {
    assertEquals(
        0,
        Main.run(
            "--repeat=2",
            "--seed=2",
            "--devices=20",
            "--browsers=3",
            "--recovered-within=30000",
            "--dir=" + folder));
  }
}
