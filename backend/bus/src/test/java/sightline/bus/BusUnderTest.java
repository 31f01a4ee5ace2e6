package sightline.bus;

/**
 * The three ports of one bus, for its contract suite.
 *
 * @param live what closes the bus, too
 */
public record BusUnderTest(LiveBus live, HotState hot, PositionStream stream) {}
