package sightline.bench;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Decodes every {@code snapshot} and {@code update} of {@code sightline.v1.bin}; text messages,
 * which hold no position, are passed over. Owned by the generator's thread.
 */
final class BinaryReader implements MessageReader {
  private static final int SNAPSHOT = 1;
  private static final int UPDATE = 2;
  private static final int REMOVE = 3;
  private static final int TEXT = '{';
  private static final int MOST_NUMBERS = 1 << 22;
  private static final int NOBODY = -1;

  private static final int POSITION = 1;
  private static final int RECEIVED = 1 << 1;
  private static final int CONDITION = 1 << 2;
  private static final int CHARGE = 1 << 3;
  private static final int DETAIL = 1 << 4;
  private static final int IDENTITY = 1 << 5;

  /**
   * Where a device is.
   *
   * @param lat degrees × 10⁷, as is {@code lon}
   * @param heading degrees × 100
   * @param speed m/s × 100
   */
  record Place(int lat, int lon, int heading, int speed) {}

  private final Sink sink;
  private byte[] message = new byte[4_096];
  private int length;
  private int[] devices = new int[0];

  BinaryReader(Sink sink) {
    this.sink = sink;
  }

  @Override
  public void read(byte[] bytes, int from, int to) {
    int more = to - from;
    if (length + more > message.length) {
      message = Arrays.copyOf(message, Math.max(2 * message.length, length + more));
    }
    System.arraycopy(bytes, from, message, length, more);
    length += more;
  }

  @Override
  public void end() {
    try {
      decode(ByteBuffer.wrap(message, 0, length));
    } catch (BufferUnderflowException e) {
      sink.malformed();
    }
    length = 0;
  }

  private void decode(ByteBuffer bytes) {
    int type = bytes.get();
    if (type == TEXT) {
      return;
    }
    bytes.get(); // whether another part of the snapshot follows
    int count = bytes.getInt();
    u48(bytes);
    switch (type) {
      case SNAPSHOT, UPDATE -> {
        for (int device = 0; device < count; device++) {
          device(bytes);
        }
      }
      case REMOVE -> bytes.position(Math.min(bytes.limit(), bytes.position() + 4 * count));
      default -> sink.malformed();
    }
    if (bytes.hasRemaining()) {
      sink.malformed();
    }
    if (type == SNAPSHOT) {
      sink.snapshotEnd();
    }
  }

  private void device(ByteBuffer bytes) {
    int number = bytes.getInt();
    int has = bytes.getShort();
    long timestamp = u48(bytes);
    skip(bytes, (has & (POSITION | RECEIVED)) == 0 ? 0 : 6);
    Place place = (has & POSITION) == 0 ? null : place(bytes);
    skip(bytes, (has & CONDITION) == 0 ? 0 : 1);
    skip(bytes, (has & CHARGE) == 0 ? 0 : 2);
    skip(bytes, (has & DETAIL) == 0 ? 0 : 8);
    if ((has & IDENTITY) != 0) {
      identity(bytes, number);
    }
    int device = number >= 0 && number < devices.length ? devices[number] : NOBODY;
    if (device >= 0) {
      if (place != null) {
        sink.decoded(device, timestamp, place);
      }
      sink.position(device, timestamp);
    }
  }

  private static Place place(ByteBuffer bytes) {
    return new Place(bytes.getInt(), bytes.getInt(), bytes.getShort() & 0xffff, bytes.getInt());
  }

  private void identity(ByteBuffer bytes, int number) {
    int idLength = textLength(bytes);
    int at = bytes.position();
    skip(bytes, idLength);
    byte[] id = Arrays.copyOfRange(message, at, at + idLength);
    skip(bytes, textLength(bytes));
    skip(bytes, textLength(bytes));
    for (int groups = bytes.getShort() & 0xffff; groups > 0; groups--) {
      skip(bytes, textLength(bytes));
    }
    if (number < 0 || number >= MOST_NUMBERS) {
      sink.malformed();
      return;
    }
    if (number >= devices.length) {
      int before = devices.length;
      devices = Arrays.copyOf(devices, Math.max(2 * before, number + 1));
      Arrays.fill(devices, before, devices.length, NOBODY);
    }
    devices[number] = DeviceIds.index(id, idLength);
  }

  private static int textLength(ByteBuffer bytes) {
    int length = bytes.getShort() & 0xffff;
    return length == 0xffff ? 0 : length;
  }

  private static void skip(ByteBuffer bytes, int count) {
    if (count > bytes.remaining()) {
      throw new BufferUnderflowException();
    }
    bytes.position(bytes.position() + count);
  }

  private static long u48(ByteBuffer bytes) {
    long high = bytes.getShort() & 0xffffL;
    return (high << 32) | (bytes.getInt() & 0xffff_ffffL);
  }
}
