package sightline.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import ch.qos.logback.core.spi.FilterReply;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

final class BrokerLogTest {
  private static final String MQTT = "org.apache.activemq.artemis.core.protocol.mqtt";

  private long nanos;
  private final BrokerLog filter = new BrokerLog(() -> nanos);
  private final Logger logger = (Logger) LoggerFactory.getLogger("Broker");
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

  @BeforeEach
  void listen() {
    lines.list = new CopyOnWriteArrayList<>();
    lines.start();
    logger.addAppender(lines);
  }

  @AfterEach
  void stopListening() {
    logger.detachAppender(lines);
  }

  private FilterReply says(String name, String message, @Nullable Throwable cause) {
    Logger said = (Logger) LoggerFactory.getLogger(name);
    return filter.decide(
        new LoggingEvent(Logger.FQCN, said, Level.ERROR, message, cause, new Object[0]));
  }

  @Test
  void aClientThatGoesWhileItIsServedIsNoError() {
    String message = "AMQ834002: Error processing control packet: PUBLISH";
    var gone = new IllegalStateException("AMQ229234: Session closed.");
    assertEquals(FilterReply.DENY, says(MQTT, message, new RuntimeException("x", gone)));
    assertEquals(0, lines.list.size());
  }

  @Test
  void anythingElseIsOneLineACodeAndMinute() {
    var full = new java.io.IOException("No space left on device");
    for (int i = 0; i < 1_000; i++) {
      assertEquals(
          FilterReply.DENY, says(MQTT, "AMQ834002: Error processing control packet", full));
      nanos += TimeUnit.MILLISECONDS.toNanos(30);
    }
    assertEquals(1, lines.list.size());
    String line = lines.list.getFirst().getFormattedMessage();
    assertEquals(
        "AMQ834002: Error processing control packet: java.io.IOException No space left on device",
        line);
    nanos += TimeUnit.MINUTES.toNanos(1);
    var _ = says(MQTT, "AMQ834002: Error processing control packet", full);
    assertEquals(2, lines.list.size());
  }

  @Test
  void whatIsNotOfTheBrokerIsLeftAlone() {
    assertEquals(FilterReply.NEUTRAL, says("sightline.app.Main", "AMQ834002: closed", null));
  }
}
