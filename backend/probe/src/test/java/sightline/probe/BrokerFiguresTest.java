package sightline.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** What is made of Mosquitto's own words; the lines are those of 2.0.11. */
final class BrokerFiguresTest {
  private final BrokerFigures figures = new BrokerFigures();

  private void tells(String topic, String payload) {
    figures.hear("$SYS/broker/" + topic, payload, false);
  }

  @Test
  void aFigureIsAsLastToldAndACountGrowsFromWhereItWasFirstHeard() {
    tells("clients/connected", "7");
    tells("uptime", "1234 seconds");
    tells("publish/messages/received", "1000");
    tells("publish/messages/received", "1005");
    assertEquals(7, figures.value("clients/connected"));
    assertEquals(1234, figures.value("uptime"));
    assertEquals(5, figures.counted("publish/messages/received"));
  }

  @Test
  void aBrokerThatStartedAnewCountsWhole() {
    tells("publish/messages/received", "1000");
    tells("publish/messages/received", "40");
    assertEquals(40, figures.counted("publish/messages/received"));
  }

  @Test
  void whatIsRetainedIsNoSignOfLifeAndASilentBrokersFiguresAreNotShown() {
    figures.hear("$SYS/broker/clients/connected", "7", true);
    assertFalse(figures.heard());
    assertTrue(Double.isNaN(figures.value("clients/connected")));
    tells("uptime", "1 seconds");
    assertTrue(figures.heard());
    assertEquals(7, figures.value("clients/connected"));
  }

  @Test
  void eachEndOfAConnectionIsCountedByHowAndOurOwnAreNot() {
    tells("log/N", "1795573699: New client connected from 127.0.0.1:1 as bye (p2, c1, k1).");
    tells("log/N", "1795573699: Client bye disconnected.");
    tells("log/N", "1795573699: Client cut closed its connection.");
    tells("log/N", "Client a b disconnected due to protocol error.");
    tells("log/N", "1795573703: Client ka has exceeded timeout, disconnecting.");
    tells("log/E", "1795573699: Client dup already connected, closing old connection.");
    tells("log/N", "1795573699: Client sly disconnected, not authorised.");
    tells("log/N", "1795573699: Client _sightline-probe-1 disconnected.");
    assertEquals(1, figures.ended(BrokerFigures.Ended.LEFT));
    assertEquals(2, figures.ended(BrokerFigures.Ended.LOST));
    assertEquals(1, figures.ended(BrokerFigures.Ended.TIMEOUT));
    assertEquals(1, figures.ended(BrokerFigures.Ended.TAKEN));
    assertEquals(1, figures.ended(BrokerFigures.Ended.REFUSED));
  }
}
