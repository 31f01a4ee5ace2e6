package sightline.bench;

/**
 * Reads the MQTT 3.1.1 packets that a broker sends in WebSocket messages, whose bounds mean
 * nothing: one may hold several packets, or a part of one. Owned by the generator's thread.
 */
final class MqttReader implements MessageReader {
  private static final int CONNACK = 2;
  private static final int PUBLISH = 3;
  private static final int SUBACK = 9;
  private static final int REFUSED = 0x80;
  private static final int LONGEST_LENGTH = 4;
  private static final int PREFIX = "devices/".length();
  private static final int SUFFIX = "/location".length();

  private final Sink sink;
  private final LocationText location;
  private final Gathered stream = new Gathered();
  private final byte[] id = new byte[64];

  MqttReader(Sink sink, boolean sampled) {
    this.sink = sink;
    location = new LocationText(sampled);
  }

  @Override
  public void read(byte[] bytes, int from, int to) {
    stream.add(bytes, from, to);
    for (int length = packet(); length > 0; length = packet()) {
      stream.take(length);
    }
  }

  @Override
  public void end() {
    // A packet may go on in the next message.
  }

  /** Reads the first packet; its length, 0 while it is not whole. */
  private int packet() {
    byte[] bytes = stream.array();
    int length = 0;
    for (int digit = 0; digit < LONGEST_LENGTH; digit++) {
      int at = stream.from() + 1 + digit;
      if (at >= stream.to()) {
        return 0;
      }
      length |= (bytes[at] & 0x7f) << (7 * digit);
      if (bytes[at] >= 0) {
        int head = 2 + digit;
        if (stream.size() < head + length) {
          return 0;
        }
        body(bytes[stream.from()] & 0xff, bytes, stream.from() + head, length);
        return head + length;
      }
    }
    sink.malformed();
    return stream.size();
  }

  private void body(int first, byte[] bytes, int from, int length) {
    switch (first >> 4) {
      case CONNACK -> {
        if (length != 2 || bytes[from + 1] != 0) {
          sink.malformed();
        }
      }
      case SUBACK -> {
        if (length != 3 || (bytes[from + 2] & REFUSED) != 0) {
          sink.malformed();
        } else {
          sink.snapshotEnd();
        }
      }
      case PUBLISH -> publish((first & 0x06) == 0 ? 0 : 2, bytes, from, from + length);
      default -> sink.malformed();
    }
  }

  private void publish(int packetId, byte[] bytes, int from, int to) {
    int topic = from + 2;
    int payload =
        to < topic
            ? Integer.MAX_VALUE
            : topic + ((bytes[from] & 0xff) << 8 | (bytes[from + 1] & 0xff)) + packetId;
    int idEnd = payload - packetId - SUFFIX;
    if (payload > to || idEnd < topic + PREFIX) {
      sink.malformed();
    } else {
      int device = LocationText.index(bytes, topic + PREFIX, idEnd, id);
      location.read(bytes, payload, to, device, sink);
    }
  }
}
