package sightline.bench;

import java.io.ByteArrayOutputStream;

/** Mosquitto's own WebSockets: a browser is an MQTT client that subscribes to all locations. */
record MosquittoPeer(PeerFile at) implements Peer {
  private static final String FILTER = "devices/+/location";
  private static final int CONNECT = 0x10;
  private static final int SUBSCRIBE = 0x82;
  private static final int LEVEL_3_1_1 = 4;
  private static final int CLEAN_SESSION = 2;

  @Override
  public String name() {
    return "mosquitto";
  }

  @Override
  public String livePath() {
    return "/mqtt";
  }

  @Override
  public String subprotocol() {
    return "mqtt";
  }

  @Override
  public int opcode() {
    return ClientFrames.BINARY;
  }

  /** Connects clean, with an id that the broker makes, and subscribes at QoS 0. */
  @Override
  public byte[] greeting() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(CONNECT);
    out.write(12);
    text(out, "MQTT");
    out.writeBytes(new byte[] {LEVEL_3_1_1, CLEAN_SESSION, 0, 0});
    text(out, "");
    out.write(SUBSCRIBE);
    out.write(2 + 2 + FILTER.length() + 1);
    out.writeBytes(new byte[] {0, 1});
    text(out, FILTER);
    out.write(0);
    return out.toByteArray();
  }

  private static void text(ByteArrayOutputStream out, String text) {
    out.write(0);
    out.write(text.length());
    out.writeBytes(Motion.ascii(text));
  }

  @Override
  public MessageReader reader(MessageReader.Sink sink, boolean sampled) {
    return new MqttReader(sink, sampled);
  }
}
