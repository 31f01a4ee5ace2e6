package sightline.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import sightline.bus.StreamState;
import sightline.protocol.Location;
import sightline.protocol.Order;
import sightline.protocol.Position;
import sightline.protocol.RejectReason;

/** P49: a backlog with an id is answered once its positions are in history, and never before. */
final class BacklogsTest {
  private static final long CAP = 1_000;

  private final BridgeMetrics metrics = new BridgeMetrics(new SimpleMeterRegistry());
  private final List<String> shed = new ArrayList<>();
  private final UnsentPositions unsent =
      new UnsentPositions(metrics, (device, count) -> shed.add(device));
  private final List<String> answers = new ArrayList<>();
  private final Backlogs backlogs = new Backlogs(unsent, this::answer, metrics);
  private long appended;

  private CompletableFuture<?> answer(String topic, byte[] payload, int qos, boolean retain) {
    answers.add(topic + " " + new String(payload, StandardCharsets.UTF_8));
    return CompletableFuture.completedFuture(null);
  }

  /** Both sides read the same samples of the answers. */
  @Test
  void theAnswersAreThoseOfTheSamples() throws Exception {
    backlogs.taken(backlog("b-17", 0), 0, unsent.added());
    backlogs.taken(backlog("b-17", 0), 2, unsent.added());
    Backlogs.refuse(this::answer, "dev-1", "b-17", RejectReason.OVERLOAD);
    List<String> samples = new ArrayList<>();
    for (String name : List.of("batch", "batch-refused", "batch-rejected")) {
      Path root = Path.of(System.getProperty("sightline.root"), "wire-samples", "mqtt");
      Path sample = root.resolve("answer-" + name + ".json");
      samples.add("devices/dev-1/acks " + Files.readString(sample).strip());
    }
    assertEquals(samples, answers);
  }

  /** A device whose counter starts anew: the answer to the first would delete the second. */
  @Test
  void anIdThatIsGivenAgainToOtherPositionsIsToComeAgainLater() {
    backlogs.progress(0, new StreamState(0, 0, 0, CAP));
    LiveInput.Backlog first = positions(1);
    assertTrue(backlogs.takes(first));
    unsent.add(Position.of("dev-1", first.locations().getFirst(), new Order(1, 0), 9, false));
    backlogs.taken(first, 0, 0);

    assertFalse(backlogs.takes(positions(1)), "the same again");
    assertEquals(List.of(), answers);
    assertFalse(backlogs.takes(positions(5_000)), "others");
    assertEquals(
        List.of("devices/dev-1/acks {\"batch\":\"b-1\",\"rejected\":\"overload\"}"), answers);
  }

  private static LiveInput.Backlog positions(long millis) {
    Location at = new Location(millis, 43.7, 7.4, 0, 0, 0, 0, 0);
    return new LiveInput.Backlog("dev-1", "b-1", List.of(at), 0, 9, 9);
  }

  @Test
  void theAnswerFollowsTheRecordersCommitAndNotTheBus() {
    arrives("b-1", 10, 0);
    arrives("b-2", 5, 2);
    round(0, 0);
    assertEquals(List.of(), answers);
    assertTrue(backlogs.awaited());

    round(14, 0);
    assertEquals(List.of(), answers, "what is half stored is not stored");
    round(15, 0);
    assertEquals(
        List.of(
            "devices/dev-1/acks {\"batch\":\"b-1\"}",
            "devices/dev-1/acks {\"batch\":\"b-2\",\"refused\":2}"),
        answers);
    assertFalse(backlogs.awaited());
  }

  @Test
  void positionsThatTheStreamDroppedUnstoredAreNotConfirmedWhenTheRecorderIsPastThem() {
    arrives("b-1", 10, 0);
    round(0, 0);
    round(0, 3);
    round(10, 0);
    assertEquals(List.of(), answers);
    assertTrue(takes("b-1"), "it comes again, and is taken again");
  }

  @Test
  void positionsThatWereShedBeforeTheBusTookThemAreNotConfirmed() {
    arrives("b-1", 10, 0);
    for (int i = 0; i < UnsentPositions.MOST - 9; i++) {
      unsent.add(position(i));
    }
    assertEquals(1, shed.size());
    while (!unsent.isEmpty()) {
      round(0, 0);
    }
    round(appended, 0);
    assertEquals(List.of(), answers);
  }

  @Test
  void afterHotStateIsWrittenAnewNothingThatTheOldOneHeldIsConfirmed() {
    arrives("b-1", 10, 0);
    round(0, 0);
    arrives("b-2", 10, 0);
    backlogs.forget();
    round(0, 0);
    round(appended, 0);
    assertEquals(List.of("devices/dev-1/acks {\"batch\":\"b-2\"}"), answers);
  }

  @Test
  void oneThatComesAgainBeforeItsAnswerIsTakenOnceAndAnsweredOnce() {
    arrives("b-1", 10, 0);
    assertFalse(takes("b-1"));
    round(0, 0);
    round(10, 0);
    assertEquals(1, answers.size());
    assertTrue(takes("b-1"), "it may have missed the answer");
  }

  @Test
  void whatFindsTheStreamNearlyFullIsGivenBackAndNotLost() {
    unsent.add(position(1));
    round(0, 0);
    appended = CAP * 3 / 4;
    round(0, 0);
    assertFalse(takes("b-1"));
    assertEquals(
        List.of("devices/dev-1/acks {\"batch\":\"b-1\",\"rejected\":\"overload\"}"), answers);
    round(appended, 0);
    assertTrue(takes("b-1"));
    assertEquals(List.of(), shed);
  }

  @Test
  void oneWithoutAnAcceptedPositionIsAnsweredAtOnce() {
    backlogs.taken(backlog("b-1", 0), 4, unsent.added());
    assertEquals(List.of("devices/dev-1/acks {\"batch\":\"b-1\",\"refused\":4}"), answers);
  }

  private void arrives(String id, int positions, int refused) {
    long before = unsent.added();
    for (int i = 0; i < positions; i++) {
      unsent.add(position(i));
    }
    backlogs.taken(backlog(id, positions), refused, before);
  }

  private boolean takes(String id) {
    return backlogs.takes(backlog(id, 10));
  }

  /** A round of all that a round takes, after which history is so far. */
  private void round(long stored, long dropped) {
    int sent = unsent.next().size();
    appended += sent;
    StreamState state = new StreamState(appended, stored, dropped, CAP);
    unsent.sent(sent, state);
    backlogs.progress(sent, state);
  }

  private static LiveInput.Backlog backlog(String id, int positions) {
    Location at = new Location(1, 43, 7, 0, 0, 0, 0, 0);
    return new LiveInput.Backlog("dev-1", id, Collections.nCopies(positions, at), 0, 1, 1);
  }

  private static Position position(int millis) {
    return new Position("dev-1", new Order(millis, 0), 1, millis, false, 47.1, 9.5, 0, 0, 0, 0);
  }
}
