package sightline.bench;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a server's bytes as a browser of the bench does, and keeps all it is told. Belongs to one
 * test.
 */
final class Reading implements FrameReader.Sink, MessageReader.Sink {
  final List<String> told = new ArrayList<>();
  private final FrameReader frames = new FrameReader(this);
  private final MessageScanner scanner = new MessageScanner(this);

  /** All at once. */
  static List<String> whole(byte[] bytes) {
    Reading reading = new Reading();
    reading.frames.read(bytes, 0, bytes.length);
    return reading.told;
  }

  /** In two parts. */
  static List<String> split(byte[] bytes, int at) {
    Reading reading = new Reading();
    reading.frames.read(bytes, 0, at);
    reading.frames.read(bytes, at, bytes.length);
    return reading.told;
  }

  /** Byte by byte. */
  static List<String> dripped(byte[] bytes) {
    Reading reading = new Reading();
    for (int at = 0; at < bytes.length; at++) {
      reading.frames.read(bytes, at, at + 1);
    }
    return reading.told;
  }

  @Override
  public void payload(byte[] bytes, int from, int to) {
    scanner.read(bytes, from, to);
  }

  @Override
  public void messageEnd() {
    scanner.end();
  }

  @Override
  public void control(int opcode, byte[] payload, int length) {
    told.add("control " + opcode + " " + new String(payload, 0, length, StandardCharsets.UTF_8));
  }

  @Override
  public void position(int device, long timestamp) {
    told.add(DeviceIds.id(device) + "@" + timestamp);
  }

  @Override
  public void decoded(int device, long timestamp, BinaryReader.Place place) {
    told.add(DeviceIds.id(device) + " " + place);
  }

  @Override
  public void malformed() {
    told.add("malformed");
  }

  @Override
  public void reply(byte[] message) {
    told.add("reply " + new String(message, StandardCharsets.UTF_8));
  }

  @Override
  public void snapshotEnd() {
    told.add("snapshot");
  }
}
