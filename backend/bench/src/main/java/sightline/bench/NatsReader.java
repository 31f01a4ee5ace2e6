package sightline.bench;

import java.util.Arrays;

/**
 * Reads NATS's protocol from WebSocket messages, whose bounds mean nothing: lines, some with a
 * payload of a given length behind them. Owned by the generator's thread.
 */
final class NatsReader implements MessageReader {
  private static final byte[] MSG = Motion.ascii("MSG ");
  private static final byte[] INFO = Motion.ascii("INFO ");
  private static final byte[] PING = Motion.ascii("PING");
  private static final byte[] PONG = Motion.ascii("PONG");
  private static final byte[] ANSWER = Motion.ascii("PONG\r\n");
  private static final int LINE_END = 2;
  private static final int PREFIX = "devices.".length();
  private static final int SUFFIX = ".location".length();

  private final Sink sink;
  private final LocationText location;
  private final Gathered stream = new Gathered();
  private final byte[] id = new byte[64];

  NatsReader(Sink sink, boolean sampled) {
    this.sink = sink;
    location = new LocationText(sampled);
  }

  @Override
  public void read(byte[] bytes, int from, int to) {
    stream.add(bytes, from, to);
    for (int length = part(); length > 0; length = part()) {
      stream.take(length);
    }
  }

  @Override
  public void end() {
    // A line may go on in the next message.
  }

  /** Reads the first line and what belongs to it; the length of both, 0 while not all is there. */
  private int part() {
    byte[] bytes = stream.array();
    int from = stream.from();
    int end = from;
    while (end < stream.to() && bytes[end] != '\r') {
      end++;
    }
    int line = end + LINE_END - from;
    if (line > stream.size()) {
      return 0;
    }
    if (stream.begin(MSG)) {
      int payload = number(bytes, from, end);
      if (payload < 0) {
        sink.malformed();
        return line;
      }
      int all = line + payload + LINE_END;
      if (all > stream.size()) {
        return 0;
      }
      message(bytes, from + MSG.length, end, payload);
      return all;
    }
    word(bytes, from, end);
    return line;
  }

  private void word(byte[] bytes, int from, int end) {
    if (Arrays.equals(bytes, from, end, PING, 0, PING.length)) {
      sink.reply(ANSWER.clone());
    } else if (Arrays.equals(bytes, from, end, PONG, 0, PONG.length)) {
      sink.snapshotEnd();
    } else if (!stream.begin(INFO)) {
      sink.malformed();
    }
  }

  /** The number that ends [from, end); -1 where none does. */
  private static int number(byte[] bytes, int from, int end) {
    int value = 0;
    int at = end - 1;
    for (int power = 1; at > from && power <= 1_000_000; at--, power *= 10) {
      int digit = bytes[at] - '0';
      if (digit < 0 || digit > 9) {
        break;
      }
      value += digit * power;
    }
    return bytes[at] == ' ' && at < end - 1 ? value : -1;
  }

  private void message(byte[] bytes, int subject, int end, int length) {
    int subjectEnd = subject;
    while (subjectEnd < end && bytes[subjectEnd] != ' ') {
      subjectEnd++;
    }
    int idEnd = subjectEnd - SUFFIX;
    if (idEnd < subject + PREFIX) {
      sink.malformed();
    } else {
      int payload = end + LINE_END;
      int device = LocationText.index(bytes, subject + PREFIX, idEnd, id);
      location.read(bytes, payload, payload + length, device, sink);
    }
  }
}
