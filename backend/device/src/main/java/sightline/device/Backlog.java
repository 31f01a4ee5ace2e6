package sightline.device;

import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Positions that could not be sent when they were taken, each until it is answered; at its bound
 * the oldest are shed and counted. For any thread, calls exclude each other.
 */
sealed interface Backlog extends Closeable permits MemoryBacklog, DiskBacklog {
  /** Makes it ready, with what it held before. */
  void open() throws SpoolException;

  /**
   * Keeps a position.
   *
   * @param seq rises with each position of this {@link Device}
   * @throws IOException when the disk refuses; the position is then not kept
   */
  void add(long seq, byte[] position) throws IOException;

  /**
   * The oldest positions after a number (0: from the start), or null when there are none.
   *
   * @param maxBytes of them and the commas between them
   */
  @Nullable Chunk after(long number, int maxBytes) throws IOException;

  /** Forgets what was answered. */
  void remove(Chunk answered) throws IOException;

  /** Brings to the disk what is only written; may block. */
  void sync() throws IOException;

  /** How many positions wait. */
  int size();

  /** How many positions were shed, since it was opened. */
  long shed();

  /** Some positions in order. Nobody writes to what it holds. */
  final class Chunk {
    private final List<Long> numbers;
    private final List<byte[]> positions;

    Chunk(List<Long> numbers, List<byte[]> positions) {
      this.numbers = numbers;
      this.positions = positions;
    }

    List<Long> numbers() {
      return numbers;
    }

    long last() {
      return numbers.get(numbers.size() - 1);
    }

    int size() {
      return numbers.size();
    }

    /** The publish that carries them, to be answered under an id. */
    byte[] payload(String id) {
      byte[] head =
          ("{\"id\":\"" + id + "\",\"locations\":[").getBytes(StandardCharsets.ISO_8859_1);
      int bytes = head.length + 2 + positions.size() - 1;
      for (byte[] position : positions) {
        bytes += position.length;
      }
      byte[] payload = new byte[bytes];
      System.arraycopy(head, 0, payload, 0, head.length);
      int length = head.length;
      for (byte[] position : positions) {
        if (length > head.length) {
          payload[length++] = ',';
        }
        System.arraycopy(position, 0, payload, length, position.length);
        length += position.length;
      }
      payload[length++] = ']';
      payload[length] = '}';
      return payload;
    }
  }
}
