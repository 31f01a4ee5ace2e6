package sightline.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The decoder of the binary protocol, against messages laid out by hand and the golden ones. */
class BinaryReaderTest {
  private static final int SNAPSHOT = 1;
  private static final int UPDATE = 2;
  private static final long TIMESTAMP = 1_767_225_600_123L;
  private static final List<String> ALL =
      List.of(
          "bench-0007 Place[lat=-471410002, lon=95208000, heading=9050, speed=1390]",
          "bench-0007@1767225600123",
          "snapshot",
          "bench-0007 Place[lat=471410002, lon=95208000, heading=35999, speed=0]",
          "bench-0007@1767225600623");

  private final Reading told = new Reading();
  private final BinaryReader reader = new BinaryReader(told);

  @Test
  void tellsAPositionByTheNumberThatASnapshotExplained() {
    whole(snapshot());
    whole(update(3));
    assertEquals(ALL, told.told);
  }

  @Test
  void tellsTheSameAtEverySplit() {
    for (int at = 0; at <= snapshot().length; at++) {
      Reading again = new Reading();
      BinaryReader split = new BinaryReader(again);
      split.read(snapshot(), 0, at);
      split.read(snapshot(), at, snapshot().length);
      split.end();
      split.read(update(3), 0, update(3).length);
      split.end();
      assertEquals(ALL, again.told, "split at " + at);
    }
  }

  @Test
  void passesOverANumberThatIsNotExplainedAndText() {
    whole("{\"type\":\"heartbeat\",\"time\":1}".getBytes(StandardCharsets.UTF_8));
    whole(update(4));
    assertEquals(List.of(), told.told);
  }

  @Test
  void tellsAMessageThatIsCutOrTooLong() {
    byte[] update = update(3);
    whole(Arrays.copyOf(update, update.length - 1));
    whole(Arrays.copyOf(update, update.length + 1));
    assertEquals(List.of("malformed", "malformed"), told.told);
  }

  @Test
  void readsTheGoldenMessagesToTheirEnd() throws IOException {
    List<String> read = new ArrayList<>();
    Path samples = Path.of(System.getProperty("sightline.root", "../.."), "wire-samples", "binary");
    try (DirectoryStream<Path> files = Files.newDirectoryStream(samples, "*.hex")) {
      for (Path file : files) {
        whole(HexFormat.of().parseHex(Files.readString(file).strip()));
        read.add(file.getFileName().toString());
      }
    }
    assertEquals(3, read.size(), read.toString());
    assertEquals(List.of("snapshot"), told.told);
  }

  private void whole(byte[] message) {
    reader.read(message, 0, message.length);
    reader.end();
  }

  /** Of a device with everything that the protocol has. */
  private static byte[] snapshot() {
    ByteBuffer bytes = head(SNAPSHOT).putInt(3).putShort((short) 0x3f);
    time(bytes, TIMESTAMP);
    time(bytes, TIMESTAMP + 17);
    bytes.putInt(-471_410_002).putInt(95_208_000).putShort((short) 9_050).putInt(1_390);
    bytes.put((byte) 0).putShort((short) 0x5140).putInt(50).putInt(4_600);
    text(bytes, "bench-0007");
    text(bytes, "Unit 7");
    bytes.putShort((short) 0xffff).putShort((short) 1);
    text(bytes, "north");
    return written(bytes);
  }

  private static byte[] update(int number) {
    ByteBuffer bytes = head(UPDATE).putInt(number).putShort((short) 1);
    time(bytes, TIMESTAMP + 500);
    time(bytes, TIMESTAMP + 517);
    bytes.putInt(471_410_002).putInt(95_208_000).putShort((short) 35_999).putInt(0);
    return written(bytes);
  }

  private static byte[] written(ByteBuffer bytes) {
    byte[] message = new byte[bytes.flip().remaining()];
    bytes.get(message);
    return message;
  }

  private static ByteBuffer head(int type) {
    ByteBuffer bytes = ByteBuffer.allocate(256).put((byte) type).put((byte) 0).putInt(1);
    time(bytes, 9);
    return bytes;
  }

  private static void time(ByteBuffer bytes, long millis) {
    bytes.putShort((short) (millis >> 32)).putInt((int) millis);
  }

  private static void text(ByteBuffer bytes, String text) {
    bytes.putShort((short) text.length()).put(text.getBytes(StandardCharsets.UTF_8));
  }
}
