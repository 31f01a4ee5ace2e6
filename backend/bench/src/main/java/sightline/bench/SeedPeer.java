package sightline.bench;

import org.jspecify.annotations.Nullable;

/** The seed article's stack: JSON text messages of one position each, rooms by the URL. */
record SeedPeer(PeerFile at) implements Peer {
  @Override
  public String name() {
    return "seed";
  }

  @Override
  public String livePath() {
    return "/?devices=all";
  }

  @Override
  public @Nullable String subprotocol() {
    return null;
  }

  @Override
  public int opcode() {
    return ClientFrames.TEXT;
  }

  @Override
  public byte[] greeting() {
    return new byte[0];
  }

  @Override
  public MessageReader reader(MessageReader.Sink sink, boolean sampled) {
    return new SeedReader(sink, sampled);
  }
}
