package sightline.bench;

import org.jspecify.annotations.Nullable;

/**
 * How a browser speaks to the system under test, as {@link Wire} is for a device. Every
 * implementation is called by the generator's thread alone, and doesn't block.
 */
interface Dialect {
  /** What it offers when it opens the WebSocket; null for nothing. */
  @Nullable String subprotocol();

  /** The opcode of the messages that it sends: {@link ClientFrames#TEXT} or another. */
  int opcode();

  /** What it says first, once the WebSocket is open; empty for nothing. */
  byte[] greeting();

  /**
   * What the browser of that number says first, to see what it is to look at.
   *
   * @throws IllegalArgumentException where the system has no such view
   */
  default byte[] greeting(int browser, View view, int devices) {
    if (view != View.all) {
      throw new IllegalArgumentException("only Sightline has views, not all at once");
    }
    return greeting();
  }

  /**
   * What takes its messages apart.
   *
   * @param sampled whether to decode whole positions, where only some browsers are to
   */
  MessageReader reader(MessageReader.Sink sink, boolean sampled);

  /** Whether what a sampled browser reads is kept, and decoded after the run. */
  boolean recorded();
}
