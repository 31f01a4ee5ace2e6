package sightline.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** G4: nobody sees, by any path, a device that they are not permitted to see. */
@Tag("slow")
final class IsolationTest {
  /** Nothing is pending in the past, and at its ends there is no position or no change. */
  private static final Set<String> NEVER =
      Set.of("replay: pending", "replay now: pending", "replay: snapshot", "replay now: update");

  @TempDir Path directory;

  private static AccessSettings access(boolean everythingForAll) {
    return new AccessSettings(
        List.of(
            person("anna", everythingForAll ? "*" : "north"),
            person("otto", everythingForAll ? "*" : "south"),
            new PersonSettings(
                "nora", "nora-token-0123456", everythingForAll ? List.of("*") : List.of()),
            person("chief", "*")),
        Map.of("north", List.of("n-*", "b-*"), "south", List.of("s-*", "b-*")));
  }

  private static PersonSettings person(String name, String group) {
    return new PersonSettings(name, name + "-token-0123456", List.of(group));
  }

  private Isolation tried(boolean everythingForAll) throws Exception {
    AccessSettings access = access(everythingForAll);
    try (Rig rig = new Rig(directory, Rig.SETTINGS, access).start()) {
      Isolation isolation = new Isolation(rig, access);
      isolation.run();
      System.out.printf(
          "isolation: %d attempts by %d paths, %d leaks%n",
          isolation.attempts,
          isolation.paths.size(),
          isolation.leaks.values().stream().mapToInt(List::size).sum());
      return isolation;
    }
  }

  @Test
  void g4NobodySeesADeviceThatTheyAreNotPermittedToSee() throws Exception {
    Isolation isolation = tried(false);
    assertEquals(Map.of(), isolation.leaks);
    assertEquals(Set.of(), isolation.unseen);
    assertTrue(isolation.attempts >= 10_000, "only " + isolation.attempts + " attempts");
  }

  /** The mutant: a gateway that permits everything. Each path must betray it by itself. */
  @Test
  void g4TheCheckFindsAGatewayThatPermitsEverythingOnEveryPath() throws Exception {
    Isolation isolation = tried(true);
    Set<String> silent = new TreeSet<>(isolation.paths);
    silent.removeAll(isolation.leaks.keySet());
    silent.removeIf(path -> path.endsWith(": remove"));
    silent.removeAll(NEVER);
    assertEquals(Set.of(), silent);
  }
}
