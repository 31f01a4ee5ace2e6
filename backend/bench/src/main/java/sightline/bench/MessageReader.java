package sightline.bench;

/**
 * Takes a browser's messages apart as their bytes come, and tells the fleet's positions. Both
 * implementations are called by the generator's thread alone, and don't block.
 */
interface MessageReader {
  /** Who gets the positions. */
  interface Sink {
    /** The position of a device of the fleet, by its index. */
    void position(int device, long timestamp);

    /** A binary message's whole position, told before {@link #position}. */
    void decoded(int device, long timestamp, BinaryReader.Place place);

    /** A message whose form breaks the protocol's promise. */
    void malformed();

    /** A whole snapshot message was read, or what the system sends instead once all is set up. */
    void snapshotEnd();

    /** What the dialect demands as an answer. */
    void reply(byte[] message);
  }

  /** Reads [from, to) of the array, a part of a message. */
  void read(byte[] bytes, int from, int to);

  /** The message is whole. */
  void end();
}
