package sightline.bench;

import org.jspecify.annotations.Nullable;

/** NATS: its own protocol over its WebSockets; MQTT's topics are subjects with dots. */
record NatsPeer(PeerFile at) implements Peer {
  private static final byte[] GREETING =
      Motion.ascii(
          "CONNECT {\"verbose\":false,\"pedantic\":false,\"lang\":\"bench\",\"version\":\"1\","
              + "\"protocol\":1}\r\nSUB devices.*.location 1\r\nPING\r\n");

  @Override
  public String name() {
    return "nats";
  }

  @Override
  public String livePath() {
    return "/";
  }

  @Override
  public @Nullable String subprotocol() {
    return null;
  }

  @Override
  public int opcode() {
    return ClientFrames.BINARY;
  }

  /** Its last word is answered once the subscription is in force. */
  @Override
  public byte[] greeting() {
    return GREETING.clone();
  }

  @Override
  public MessageReader reader(MessageReader.Sink sink, boolean sampled) {
    return new NatsReader(sink, sampled);
  }
}
