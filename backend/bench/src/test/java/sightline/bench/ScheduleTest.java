package sightline.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class ScheduleTest {
  private static final long MILLI = 1_000_000;

  @Test
  void spreadsTheDevicesEvenlyOverTheInterval() {
    Schedule schedule = new Schedule(4, 500 * MILLI, 1_000, 77);
    assertEquals(1_000, schedule.dueNanos(0, 0));
    assertEquals(1_000 + 125 * MILLI, schedule.dueNanos(1, 0));
    assertEquals(1_000 + 375 * MILLI, schedule.dueNanos(3, 0));
    assertEquals(1_000 + 500 * MILLI, schedule.dueNanos(0, 1));
  }

  @Test
  void knowsEachPositionByItsTimestamp() {
    for (long interval : List.of(500 * MILLI, 333_333_333L, 7_654_321L, 2 * MILLI)) {
      Schedule schedule = new Schedule(601, interval, 5, 1_767_225_600_123L);
      for (int device = 0; device < 601; device += 40) {
        for (int sequence = 0; sequence < 3_000; sequence++) {
          long timestamp = schedule.timestamp(device, sequence);
          assertEquals(sequence, schedule.sequence(device, timestamp));
          assertTrue(schedule.timestamp(device, sequence + 1) > timestamp);
        }
      }
    }
  }

  @Test
  void tellsATimestampThatItNeverGave() {
    Schedule schedule = new Schedule(2, 500 * MILLI, 0, 10_000);
    assertEquals(Schedule.UNKNOWN, schedule.sequence(0, 10_001));
    assertEquals(Schedule.UNKNOWN, schedule.sequence(0, 10_499));
    assertEquals(Schedule.UNKNOWN, schedule.sequence(1, 10_500));
    assertEquals(Schedule.EARLIER, schedule.sequence(1, 10_249));
    assertEquals(Schedule.EARLIER, schedule.sequence(0, 0));
  }

  @Test
  void countsWhatIsDueBeforeAMoment() {
    Schedule schedule = new Schedule(7, 333_333_333L, 50, 0);
    for (long moment = 0; moment < 2_000 * MILLI; moment += 13_777_777) {
      long count = 0;
      for (int device = 0; device < 7; device++) {
        for (int sequence = 0; schedule.dueNanos(device, sequence) < moment; sequence++) {
          count++;
        }
      }
      assertEquals(count, schedule.dueBefore(moment));
    }
  }

  @Test
  void refusesARateAtWhichTimestampsCouldMeet() {
    assertThrows(IllegalArgumentException.class, () -> new Schedule(1, MILLI, 0, 0));
  }
}
