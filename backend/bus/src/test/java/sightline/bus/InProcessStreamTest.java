package sightline.bus;

final class InProcessStreamTest extends PositionStreamContract {
  @Override
  protected BusUnderTest open() {
    InProcessBus bus = new InProcessBus(CAP);
    return new BusUnderTest(bus, bus, bus);
  }
}
