package sightline.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sightline.protocol.Order;
import sightline.protocol.Position;

/** P73: answers that nobody reads. */
final class AnswersInFlightTest {
  private static final HttpSettings SETTINGS =
      new HttpSettings(
          200,
          8_192,
          16_384,
          65_536,
          Duration.ofMillis(300),
          Duration.ofSeconds(60),
          64,
          1 << 20,
          4 << 20,
          2 << 20);

  @TempDir Path directory;

  @Test
  void thereIsABoundOverAllAndByAddressAndWhatIsReadGivesWay() {
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    AnswersInFlight answers = new AnswersInFlight(SETTINGS, new GatewayMetrics(registry));
    AnswersInFlight.Share first = Objects.requireNonNull(answers.take("a", 2 << 20));
    assertNull(answers.take("a", 5_000), "over the address's bound");
    assertNotNull(answers.take("a", AnswersInFlight.FREE_BYTES), "to say so is free");
    AnswersInFlight.Share second = Objects.requireNonNull(answers.take("b", 2 << 20));
    assertNull(answers.take("c", 5_000), "over the bound of all");
    first.giveBack();
    first.giveBack();
    assertNotNull(answers.take("c", 5_000));
    second.giveBack();
    assertEquals(5_000, registry.get("sightline.gateway.answer.bytes").gauge().value());
  }

  @Test
  void anAnswerLargerThanTheBoundHasRoomWhereItIsAlone() {
    AnswersInFlight answers =
        new AnswersInFlight(SETTINGS, new GatewayMetrics(new SimpleMeterRegistry()));
    AnswersInFlight.Share large = Objects.requireNonNull(answers.take("a", 9 << 20));
    assertNull(answers.take("b", 5_000));
    large.giveBack();
    assertNotNull(answers.take("b", 5_000));
  }

  @Test
  void tracksThatNobodyReadAreFewAndCutAndThenOthersAreAnswered() throws Exception {
    GatewaySettings settings =
        Rig.SETTINGS.with(LiveSettings.DEFAULT, SETTINGS, AdmissionSettings.DEFAULT, Duration.ZERO);
    List<RawClient> clients = new ArrayList<>();
    try (Rig rig = new Rig(directory, settings).start()) {
      Await.until(() -> rig.gateway.notReady().isEmpty());
      long now = System.currentTimeMillis();
      List<Position> track = new ArrayList<>();
      for (int i = 0; i < 60_000; i++) {
        long at = now - 60_000 + i;
        track.add(new Position("dev-1", new Order(at, 0), at, at, false, 1, 2, 3, 4, 5, 6));
      }
      rig.positions.store(track, "c");
      String request =
          "GET /api/v1/devices/dev-1/track?limit=100000 HTTP/1.1\r\nHost: localhost\r\n\r\n";
      int refused = 0;
      for (int i = 0; i < 12; i++) {
        RawClient client = new RawClient(rig.port(), 4_096);
        clients.add(client);
        client.say(request);
        String head = client.head();
        if (head.startsWith("HTTP/1.1 503")) {
          refused++;
          assertTrue(head.toLowerCase(Locale.ROOT).contains("retry-after: "), head);
        } else {
          assertTrue(head.toLowerCase(Locale.ROOT).contains("chunked"), head);
        }
      }
      assertEquals(8, refused, "four of 512 KiB have room in 2 MiB");
      assertEquals(8, rig.counted("sightline.gateway.rejected", "reason", "answer-bytes"));
      Await.until(() -> bytes(rig) == 0);
      assertEquals(4, rig.counted("sightline.gateway.rejected", "reason", "slow-answer"));
      assertEquals(
          60_000,
          LiveClient.JSON
              .readTree(Http.get(rig.port(), "/api/v1/devices/dev-1/track?limit=100000").body())
              .path("items")
              .size());
    } finally {
      for (RawClient client : clients) {
        client.close();
      }
    }
  }

  private static double bytes(Rig rig) {
    return rig.metrics.get("sightline.gateway.answer.bytes").gauge().value();
  }
}
