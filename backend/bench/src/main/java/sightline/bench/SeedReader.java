package sightline.bench;

/**
 * Reads what the seed article's WebSocket servers send: a snapshot, then messages of one position
 * each, the device first in it. Owned by the generator's thread.
 */
final class SeedReader implements MessageReader {
  private static final byte[] SNAPSHOT = Motion.ascii("{\"type\":\"snapshot\"");

  private final Sink sink;
  private final LocationText location;
  private final Gathered message = new Gathered();

  SeedReader(Sink sink, boolean sampled) {
    this.sink = sink;
    location = new LocationText(sampled);
  }

  @Override
  public void read(byte[] bytes, int from, int to) {
    message.add(bytes, from, to);
  }

  @Override
  public void end() {
    if (message.begin(SNAPSHOT)) {
      sink.snapshotEnd();
    } else {
      location.read(message.array(), message.from(), message.to(), -1, sink);
    }
    message.clear();
  }
}
