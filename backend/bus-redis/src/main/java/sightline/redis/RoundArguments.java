package sightline.redis;

import java.util.ArrayList;
import java.util.List;
import sightline.bus.BusMessage;
import sightline.protocol.Position;

/**
 * What the round's script is given.
 *
 * @param streamCap how many positions the stream may hold
 * @param awaited whether a device waits until they are in history
 */
record RoundArguments(
    BusMessage.Batch batch, List<Position> positions, int streamCap, boolean awaited) {
  /** Positions in one entry of the stream, so that a backlog's entry stays small. */
  static final int CHUNK = 256;

  /**
   * In the script's order.
   *
   * @param trusted the epoch and number that must stand in Redis
   */
  byte[][] toArray(byte[] channel, byte[][] trusted) {
    List<byte[]> records = RedisBus.records(batch.devices());
    List<byte[]> arguments = new ArrayList<>();
    arguments.add(Keys.bytes(batch.token()));
    arguments.add(Keys.bytes(batch.epoch()));
    arguments.add(Keys.bytes(batch.number()));
    arguments.add(trusted[0]);
    arguments.add(trusted[1]);
    arguments.add(channel);
    arguments.add(MessageForm.batch(batch, records));
    arguments.add(Keys.bytes(streamCap));
    arguments.add(Keys.bytes(awaited ? 1 : 0));
    arguments.add(Keys.bytes((positions.size() + CHUNK - 1) / CHUNK));
    for (int from = 0; from < positions.size(); from += CHUNK) {
      List<Position> chunk = positions.subList(from, Math.min(from + CHUNK, positions.size()));
      arguments.add(Keys.bytes(chunk.size()));
      arguments.add(StoredForm.positions(chunk));
    }
    for (int i = 0; i < records.size(); i++) {
      arguments.add(Keys.bytes(batch.devices().get(i).id()));
      arguments.add(records.get(i));
    }
    return arguments.toArray(byte[][]::new);
  }
}
