package sightline.device;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What both spools promise. */
class SpoolContractTest {
  private static final SpoolLimits LIMITS = new SpoolLimits(3, 1_000);

  @TempDir Path directory = Path.of("");

  enum Kind {
    DISK,
    MEMORY
  }

  @ParameterizedTest
  @EnumSource
  void givesTheUnansweredInTheOrderOfTheirArrival(Kind kind) throws Exception {
    try (Spool spool = open(kind)) {
      for (String id : List.of("c", "a", "b")) {
        spool.append(id, payload(id));
      }
      assertEquals(List.of("c", "a"), ids(spool.after(0, 2)));
      assertTrue(spool.remove("a"));
      assertFalse(spool.remove("a"));
      assertEquals(List.of("c", "b"), ids(spool.after(0, 9)));
      long position = spool.after(0, 1).get(0).position();
      assertEquals(List.of("b"), ids(spool.after(position, 9)));
    }
  }

  @ParameterizedTest
  @EnumSource
  void refusesWhatItHasNoRoomForAndTakesItAfterAnAnswer(Kind kind) throws Exception {
    try (Spool spool = open(kind)) {
      for (String id : List.of("a", "b", "c")) {
        spool.append(id, payload(id));
      }
      assertThrows(SpoolFullException.class, () -> spool.append("d", payload("d")));
      spool.remove("b");
      assertThrows(SpoolFullException.class, () -> spool.append("d", new byte[1_000]));
      spool.append("d", payload("d"));
      assertEquals(List.of("a", "c", "d"), ids(spool.after(0, 9)));
    }
  }

  @ParameterizedTest
  @EnumSource
  void refusesAnIdThatWaitsAlready(Kind kind) throws Exception {
    try (Spool spool = open(kind)) {
      spool.append("a", payload("a"));
      assertThrows(IllegalArgumentException.class, () -> spool.append("a", payload("a")));
      assertEquals(1, spool.size());
    }
  }

  @ParameterizedTest
  @EnumSource
  void buriesWhatWasRefused(Kind kind) throws Exception {
    try (Spool spool = open(kind)) {
      spool.append("a", payload("a"));
      assertTrue(spool.bury("a", "too odd", 7));
      assertFalse(spool.bury("a", "too odd", 7));
      assertEquals(0, spool.size());
    }
  }

  private Spool open(Kind kind) throws SpoolException {
    Spool spool =
        switch (kind) {
          case DISK -> Spool.onDisk(directory.resolve("spool"), LIMITS);
          case MEMORY -> Spool.inMemory(LIMITS);
        };
    spool.open();
    return spool;
  }

  static byte[] payload(String id) {
    return ("{\"id\":\"" + id + "\"}").getBytes(US_ASCII);
  }

  static List<String> ids(List<SpooledEvent> events) {
    Stream<String> ids = events.stream().map(SpooledEvent::id);
    return ids.toList();
  }
}
