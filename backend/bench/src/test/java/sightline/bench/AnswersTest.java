package sightline.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class AnswersTest {
  private static final long SECOND = 1_000_000_000;
  private static final long MILLI = 1_000_000;

  /** Two devices, two positions a second of each, from 1 s to 3 s counted, the run ends at 4 s. */
  private final Schedule schedule = new Schedule(2, SECOND / 2, 0, 0);

  private final Window window = new Window(SECOND, 3 * SECOND, 4 * SECOND);
  private final Answers answers = new Answers(schedule, Sample.all(1), View.all, window);

  @Test
  void chargesAPositionFromTheMomentItWasDue() {
    read(0, 2, schedule.dueNanos(0, 2) + 3 * MILLI);
    assertEquals(1, answers.latency().getCountAtValue(3 * MILLI));
  }

  @Test
  void aNewerPositionAnswersEveryOlderOneEachFromItsOwnMoment() {
    read(0, 1, SECOND - 1);
    read(0, 4, schedule.dueNanos(0, 4) + MILLI);
    assertEquals(3, answers.latency().getTotalCount());
    assertEquals(1, answers.latency().getCountAtValue(MILLI));
    assertEquals(1, answers.latency().getCountAtValue(501 * MILLI));
    assertEquals(1, answers.latency().getCountAtValue(1_001 * MILLI));
    assertEquals(0, answers.reordered());
  }

  @Test
  void isSatisfiedInFullOnlyByEveryPairOfTheCountedTime() {
    assertEquals(8, answers.expected());
    for (int sequence = 2; sequence < 6; sequence++) {
      read(0, sequence, schedule.dueNanos(0, sequence) + MILLI);
    }
    assertEquals(0.5, answers.satisfied());
    for (int sequence = 2; sequence < 6; sequence++) {
      read(1, sequence, schedule.dueNanos(1, sequence) + MILLI);
    }
    assertEquals(1.0, answers.satisfied());
  }

  @Test
  void leavesOutTheLastSecondAndTheWarmUp() {
    read(0, 1, SECOND + MILLI);
    read(0, 5, 3 * SECOND + MILLI);
    long counted = answers.latency().getTotalCount();
    read(0, 6, 3 * SECOND + 2 * MILLI);
    read(0, 7, 3 * SECOND + 600 * MILLI);
    assertEquals(4, counted);
    assertEquals(counted, answers.latency().getTotalCount());
  }

  @Test
  void anAnswerAfterTheRunDoesNotSatisfy() {
    read(0, 5, 4 * SECOND);
    assertEquals(0, answers.satisfied());
    assertEquals(0, answers.deliveredPerSecond());
  }

  @Test
  void countsWhatIsNewsOnce() {
    read(0, 2, SECOND + MILLI);
    read(0, 2, SECOND + 2 * MILLI);
    read(1, 2, 2 * SECOND);
    assertEquals(2 / 3.0, answers.deliveredPerSecond());
    assertEquals(1, answers.repeated());
    assertEquals(0, answers.reordered());
  }

  @Test
  void noticesAPositionThatGoesBackwards() {
    read(0, 3, 2 * SECOND);
    read(0, 2, 2 * SECOND);
    assertEquals(1, answers.reordered());
    assertEquals(2, answers.latency().getTotalCount());
  }

  @Test
  void noticesAFallBackToBeforeTheRun() {
    answers.position(0, 0, -400, SECOND);
    assertEquals(0, answers.reordered());
    read(0, 0, SECOND);
    answers.position(0, 0, -400, SECOND);
    assertEquals(1, answers.reordered());
  }

  @Test
  void noticesATimestampThatNobodySent() {
    answers.position(0, 1, schedule.timestamp(1, 3) + 1, 2 * SECOND);
    assertEquals(1, answers.unknown());
    assertEquals(0, answers.latency().getTotalCount());
  }

  @Test
  void keepsBrowsersApart() {
    Answers two = new Answers(schedule, Sample.all(2), View.all, window);
    two.position(0, 1, schedule.timestamp(1, 4), 3 * SECOND);
    two.position(1, 1, schedule.timestamp(1, 2), 3 * SECOND);
    assertEquals(0, two.reordered());
    assertEquals(4, two.latency().getTotalCount());
  }

  private void read(int device, int sequence, long nowNanos) {
    answers.position(0, device, schedule.timestamp(device, sequence), nowNanos);
  }
}
