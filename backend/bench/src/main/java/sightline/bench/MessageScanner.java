package sightline.bench;

import java.util.Arrays;

/**
 * Finds the id and timestamp of each of the fleet's devices in {@code snapshot} and {@code update}
 * messages as their bytes come, at any split, without garbage and without decoding the rest; other
 * messages and other devices are skipped. It relies on the protocol's promise that {@code type} is
 * a message's first member, and {@code id} and {@code timestamp} the first two of a device. Owned
 * by the generator's thread.
 */
final class MessageScanner implements MessageReader {
  private static final byte[] TYPE = Motion.ascii("{\"type\":\"");
  private static final byte[] ID = Motion.ascii("\"id\":\"");
  private static final byte[] TIMESTAMP = Motion.ascii(",\"timestamp\":");
  private static final byte[] UPDATE = Motion.ascii("update");
  private static final byte[] SNAPSHOT = Motion.ascii("snapshot");
  private static final int DEVICE_DEPTH = 3;
  private static final int LONGEST_WORD = 64;

  private enum State {
    TYPE_MARK,
    TYPE_WORD,
    VALUES,
    STRING,
    ESCAPE,
    ID_MARK,
    ID_WORD,
    TIMESTAMP_MARK,
    TIMESTAMP_DIGITS,
    SKIP
  }

  private final Sink sink;
  private final byte[] word = new byte[LONGEST_WORD];
  private State state = State.TYPE_MARK;
  private boolean snapshot;
  private int depth;
  private int matched;
  private int wordLength;
  private int device;
  private long timestamp;

  MessageScanner(Sink sink) {
    this.sink = sink;
  }

  @Override
  public void read(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to && state != State.SKIP) {
      at =
          switch (state) {
            case VALUES -> values(bytes, at, to);
            case STRING -> string(bytes, at, to);
            default -> {
              step(bytes[at]);
              yield at + 1;
            }
          };
    }
  }

  @Override
  public void end() {
    boolean read = state == State.VALUES && depth == 0;
    if (read && snapshot) {
      sink.snapshotEnd();
    } else if (!read && state != State.SKIP) {
      sink.malformed();
    }
    state = State.TYPE_MARK;
    depth = 0;
    matched = 0;
    wordLength = 0;
    timestamp = 0;
    snapshot = false;
  }

  private void step(byte next) {
    switch (state) {
      case TYPE_MARK -> mark(TYPE, next, State.TYPE_WORD);
      case TYPE_WORD -> word(next);
      case ID_MARK -> mark(ID, next, State.ID_WORD);
      case ID_WORD -> word(next);
      case TIMESTAMP_MARK -> mark(TIMESTAMP, next, State.TIMESTAMP_DIGITS);
      case TIMESTAMP_DIGITS -> digit(next);
      case ESCAPE -> state = State.STRING;
      case VALUES, STRING, SKIP -> throw new IllegalStateException("not a single step: " + state);
    }
  }

  private void mark(byte[] expected, byte next, State then) {
    if (expected[matched] != next) {
      malformed();
    } else if (++matched == expected.length) {
      matched = 0;
      state = then;
    }
  }

  private void word(byte next) {
    if (next != '"') {
      if (wordLength == LONGEST_WORD || next == '\\') {
        malformed();
      } else {
        word[wordLength++] = next;
      }
    } else if (state == State.ID_WORD) {
      device = DeviceIds.index(word, wordLength);
      state = device < 0 ? State.VALUES : State.TIMESTAMP_MARK;
      wordLength = 0;
    } else {
      snapshot = wordIs(SNAPSHOT);
      state = snapshot || wordIs(UPDATE) ? State.VALUES : State.SKIP;
      depth = 1;
      wordLength = 0;
    }
  }

  private void digit(byte next) {
    int digit = next - '0';
    if (digit >= 0 && digit <= 9) {
      timestamp = timestamp * 10 + digit;
    } else if (next == ',' || next == '}') {
      sink.position(device, timestamp);
      timestamp = 0;
      state = State.VALUES;
      depth -= next == '}' ? 1 : 0;
    } else {
      malformed();
    }
  }

  private int values(byte[] bytes, int from, int to) {
    for (int at = from; at < to; at++) {
      byte next = bytes[at];
      if (next == '"') {
        state = State.STRING;
        return at + 1;
      }
      // Brackets differ from braces in one bit only.
      if ((next & 0xdf) == '[') {
        depth++;
        if (depth == DEVICE_DEPTH && next == '{') {
          state = State.ID_MARK;
          return at + 1;
        }
      } else if ((next & 0xdf) == ']') {
        depth--;
      }
    }
    return to;
  }

  private int string(byte[] bytes, int from, int to) {
    for (int at = from; at < to; at++) {
      byte next = bytes[at];
      if (next == '"') {
        state = State.VALUES;
        return at + 1;
      }
      if (next == '\\') {
        state = State.ESCAPE;
        return at + 1;
      }
    }
    return to;
  }

  private void malformed() {
    sink.malformed();
    state = State.SKIP;
  }

  private boolean wordIs(byte[] expected) {
    return Arrays.equals(word, 0, wordLength, expected, 0, expected.length);
  }
}
