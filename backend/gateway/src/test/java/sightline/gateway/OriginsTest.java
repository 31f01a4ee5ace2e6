package sightline.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** P21: a page of an origin that is not allowed is refused in a way that says what to do. */
final class OriginsTest {
  @TempDir Path directory;

  private static List<String> logged(Runnable doing) {
    Logger logger = (Logger) LoggerFactory.getLogger(Origins.class);
    ListAppender<ILoggingEvent> lines = new ListAppender<>();
    lines.start();
    logger.addAppender(lines);
    try {
      doing.run();
    } finally {
      logger.detachAppender(lines);
    }
    return lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
  }

  @Test
  void p21TheLogNamesTheOriginAndTheSettingOnceForEachOrigin() {
    Origins origins = new Origins();
    List<String> lines =
        logged(
            () -> {
              for (int i = 0; i < 10; i++) {
                origins.refused("https://a.example");
                origins.refused("https://b.example");
              }
            });
    assertEquals(2, lines.size());
    assertTrue(lines.getFirst().contains("https://a.example"), lines.getFirst());
    assertTrue(lines.getFirst().contains("gateway.allowed-origins"), lines.getFirst());
  }

  @Test
  void p21OriginsThatAreMadeUpDoNotFillTheLog() {
    Origins origins = new Origins();
    List<String> lines =
        logged(
            () -> {
              for (int i = 0; i < 1_000; i++) {
                origins.refused("https://" + "x".repeat(10_000) + i);
                origins.refused("https://" + i + ".example");
              }
            });
    assertEquals(Origins.MOST, lines.size());
    assertTrue(lines.stream().allMatch(line -> line.length() < 500));
  }

  @Test
  void p21TheAnswerSaysWhatToDoAndTheSessionSaysIt() throws Exception {
    try (Rig rig = new Rig(directory).start();
        RawClient page = new RawClient(rig.port());
        RawClient asks = new RawClient(rig.port())) {
      page.say(RawClient.handshake("/live", "Origin: https://map.example\r\n"));
      assertTrue(page.head().startsWith("HTTP/1.1 403 "));
      String body = page.rest();
      assertTrue(body.contains("\"error\":\"origin-not-allowed\""), body);
      assertTrue(body.contains("gateway.allowed-origins"), body);
      asks.say("GET /api/v1/session HTTP/1.1\r\nHost: 127.0.0.1\r\n");
      asks.say("Connection: close\r\nOrigin: https://map.example\r\n\r\n");
      String session = asks.rest();
      assertTrue(session.contains("\"originAllowed\":false"), session);
      String own = Http.get(rig.port(), "/api/v1/session").body();
      assertEquals("{\"user\":\"local\",\"signIn\":false}", own);
    }
  }

  @Test
  void p21APageThatNamesNoOriginIsJudgedByTheHostThatServedIt() {
    Names names = new Names(List.of("map.example"), List.of("https://map.example"));
    assertTrue(names.trustsPagesOf("map.example"));
    assertTrue(names.trustsPagesOf("localhost:8080"));
    assertTrue(!names.trustsPagesOf("other.example"));
  }
}
