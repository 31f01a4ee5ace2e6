package sightline.postgres;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import sightline.protocol.Position;

/**
 * Positions in the binary form of COPY, as postgresql.org/docs/15/sql-copy.html describes it. One
 * use on one thread.
 */
final class CopyRows {
  /** What a row has room for. */
  static final int MOST_DEVICE_CHARS = 64;

  private static final byte[] SIGNATURE = {
    'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0
  };
  private static final short FIELDS = 12;
  private static final int MOST_BYTES_A_ROW = 512;

  private final CopyIn copy;
  private final ByteBuffer buffer = ByteBuffer.allocate(64 * 1024);

  private CopyRows(CopyIn copy) {
    this.copy = copy;
  }

  /** Copies a batch into a table. */
  static void into(Connection connection, String table, List<Position> batch) throws SQLException {
    CopyIn copy =
        connection
            .unwrap(PGConnection.class)
            .getCopyAPI()
            .copyIn("COPY " + table + " (" + PositionRows.COLUMNS + ") FROM STDIN (FORMAT binary)");
    try {
      new CopyRows(copy).write(batch);
      copy.endCopy();
    } finally {
      if (copy.isActive()) {
        copy.cancelCopy();
      }
    }
  }

  private void write(List<Position> batch) throws SQLException {
    buffer.put(SIGNATURE).putInt(0).putInt(0);
    for (Position position : batch) {
      if (buffer.remaining() < MOST_BYTES_A_ROW) {
        flush();
      }
      row(position);
    }
    if (buffer.remaining() < Short.BYTES) {
      flush();
    }
    buffer.putShort((short) -1);
    flush();
  }

  private void row(Position position) {
    buffer.putShort(FIELDS);
    byte[] device = position.device().getBytes(StandardCharsets.UTF_8);
    buffer.putInt(device.length).put(device);
    number(position.order().millis());
    number(position.order().seq());
    number(position.received());
    if (position.deviceTime() == position.order().millis()) {
      buffer.putInt(-1);
    } else {
      number(position.deviceTime());
    }
    buffer.putInt(1).put((byte) (position.skewed() ? 1 : 0));
    number(position.lat());
    number(position.lon());
    number(position.heading());
    number(position.speed());
    number(position.accuracy());
    number(position.altitude());
  }

  private void number(long value) {
    buffer.putInt(Long.BYTES).putLong(value);
  }

  private void number(double value) {
    if (Double.isNaN(value)) {
      buffer.putInt(-1);
    } else {
      buffer.putInt(Double.BYTES).putDouble(value);
    }
  }

  private void flush() throws SQLException {
    copy.writeToCopy(buffer.array(), 0, buffer.position());
    buffer.clear();
  }
}
