package sightline.bus;

import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

final class InProcessBusTest extends BusContract {
  @Override
  protected BusUnderTest open() {
    InProcessBus bus = new InProcessBus(1_000);
    return new BusUnderTest(bus, bus, bus);
  }

  @Test
  void aListenerThatPublishesItselfIsToldThatItMustNot() {
    try (InProcessBus bus = new InProcessBus(10)) {
      BusMessage.RecorderBeat beat = new BusMessage.RecorderBeat(1, 1);
      bus.subscribe(message -> bus.beat(beat));

      assertThrows(IllegalStateException.class, () -> bus.beat(beat));
    }
  }

  @Test
  void aStreamHoldsAtLeastOnePosition() {
    assertThrows(IllegalArgumentException.class, () -> new InProcessBus(0));
  }
}
