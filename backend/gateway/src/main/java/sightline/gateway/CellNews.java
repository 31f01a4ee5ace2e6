package sightline.gateway;

import io.netty.buffer.ByteBuf;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one cell's browsers are told of a turn. Immutable; the hub's references to its buffers are
 * released when the last loop has issued its writes.
 *
 * @param json units that changed or came, or null where nobody takes JSON or there are none
 * @param binary the same in binary
 * @param slots the handles of those units
 * @param departures units that left it, by where they went
 */
record CellNews(
    Cell cell,
    @Nullable ByteBuf json,
    @Nullable ByteBuf binary,
    Handles slots,
    List<Departure> departures) {

  /**
   * Units that left for another cell: told to those who do not look there.
   *
   * @param column of the other cell, {@link Grid#NOWHERE} where they are seen nowhere now
   * @param json their removal, or null where nobody takes JSON
   * @param binary the same in binary
   */
  record Departure(
      int column, int row, @Nullable ByteBuf json, @Nullable ByteBuf binary, Handles slots) {
    @Nullable ByteBuf frame(Wire wire) {
      return wire == Wire.BINARY ? binary : json;
    }
  }

  @Nullable ByteBuf frame(Wire wire) {
    return wire == Wire.BINARY ? binary : json;
  }

  void release() {
    release(json);
    release(binary);
    for (Departure departure : departures) {
      release(departure.json());
      release(departure.binary());
    }
  }

  private static void release(@Nullable ByteBuf buffer) {
    if (buffer != null) {
      buffer.release();
    }
  }
}
