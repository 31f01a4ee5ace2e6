package sightline.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import org.junit.jupiter.api.Test;
import sightline.bus.BusMessage;

final class InboxTest {
  private final Inbox inbox =
      new Inbox(100, new GatewayMetrics(new SimpleMeterRegistry()), () -> {});

  @Test
  void whatComesAfterATakeIsNoPartOfIt() {
    BusMessage news = new BusMessage.Pending(List.of(Rig.event("dev-1", "ev-1", "info")));
    Inbox.Taken before = inbox.take();

    inbox.put(news);

    assertEquals(List.of(), before.events());
    assertEquals(List.of(news), inbox.take().events());
    assertEquals(List.of(), inbox.take().events());
  }
}
