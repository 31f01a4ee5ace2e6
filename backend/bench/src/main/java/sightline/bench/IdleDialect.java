package sightline.bench;

import org.jspecify.annotations.Nullable;

/**
 * A browser of Sightline that is connected and asks for nothing: it is ready once it was welcomed.
 * Owned by the generator's thread.
 */
record IdleDialect(Protocol protocol) implements Dialect {
  private static final byte[] WELCOME = Motion.ascii("{\"type\":\"welcome\"");

  @Override
  public @Nullable String subprotocol() {
    return protocol.subprotocol();
  }

  @Override
  public int opcode() {
    return protocol.opcode();
  }

  @Override
  public byte[] greeting() {
    return new byte[0];
  }

  @Override
  public MessageReader reader(MessageReader.Sink sink, boolean sampled) {
    return new Welcome(sink);
  }

  @Override
  public boolean recorded() {
    return false;
  }

  /** Waits for the welcome. Owned by the generator's thread. */
  private static final class Welcome implements MessageReader {
    private final Sink sink;
    private int matched;
    private boolean other;

    Welcome(Sink sink) {
      this.sink = sink;
    }

    @Override
    public void read(byte[] bytes, int from, int to) {
      for (int at = from; at < to && matched < WELCOME.length; at++) {
        other |= bytes[at] != WELCOME[matched++];
      }
    }

    @Override
    public void end() {
      if (!other && matched == WELCOME.length) {
        sink.snapshotEnd();
      }
      matched = 0;
      other = false;
    }
  }
}
