package sightline.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class KneeTest {
  private final List<Integer> asked = new ArrayList<>();

  @Test
  void doublesThenHalvesUntilItIsNear() {
    int knee = find(100, 8_000, 770);
    assertTrue(knee <= 770 && knee >= 700, "found " + knee + " by " + asked);
    assertEquals(List.of(100, 200, 400, 800), asked.subList(0, 4));
    assertEquals(asked.size(), asked.stream().distinct().count());
  }

  @Test
  void isNothingWhereTheFirstIsTooMuch() {
    assertEquals(0, find(100, 8_000, 99));
    assertEquals(List.of(100), asked);
  }

  @Test
  void stopsAtTheMostThatMayBeAsked() {
    assertEquals(1_000, find(300, 1_000, 5_000));
    assertEquals(List.of(300, 600, 1_000), asked);
  }

  private int find(int first, int most, int limit) {
    return Knee.find(
        first,
        most,
        next -> {
          asked.add(next);
          return next <= limit;
        });
  }
}
