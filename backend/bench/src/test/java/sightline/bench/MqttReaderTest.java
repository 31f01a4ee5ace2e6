package sightline.bench;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** MQTT 3.1.1 packets laid out by hand, in WebSocket messages that don't respect their bounds. */
class MqttReaderTest {
  private static final String PAYLOAD =
      "{\"timestamp\":1767225600123,\"lat\":-47.141000,\"lon\":9.520000,\"heading\":90.5,"
          + "\"speed\":13.9,\"seq\":17}";
  private static final byte[] CONNACK = {0x20, 2, 0, 0};
  private static final byte[] SUBACK = {(byte) 0x90, 3, 0, 1, 0};
  private static final List<String> POSITION =
      List.of(
          "bench-0007 Place[lat=-471410000, lon=95200000, heading=9050, speed=1390]",
          "bench-0007@1767225600123");

  @Test
  void readsSeveralPacketsOfOneMessageAtEverySplit() {
    byte[] all = joined(CONNACK, SUBACK, publish(0, PAYLOAD), publish(1, PAYLOAD));
    List<String> expected = new ArrayList<>(List.of("snapshot"));
    expected.addAll(POSITION);
    expected.addAll(POSITION);
    for (int at = 0; at <= all.length; at++) {
      Reading told = new Reading();
      MqttReader reader = new MqttReader(told, true);
      reader.read(all, 0, at);
      reader.end();
      reader.read(all, at, all.length);
      reader.end();
      assertEquals(expected, told.told, "split at " + at);
    }
  }

  @Test
  void readsThemByteByByteAndInAFullBuffer() {
    byte[] packet = publish(0, PAYLOAD);
    byte[] all = joined(Collections.nCopies(200, packet).toArray(byte[][]::new));
    List<String> expected = Collections.nCopies(200, POSITION.getLast());
    for (int step : new int[] {1, 7, 4_095, all.length}) {
      Reading told = new Reading();
      MqttReader reader = new MqttReader(told, false);
      for (int at = 0; at < all.length; at += step) {
        reader.read(all, at, Math.min(all.length, at + step));
      }
      assertEquals(expected, told.told, "in steps of " + step);
    }
  }

  @Test
  void tellsARefusalAndWhatIsNoPacket() {
    for (byte[] bad :
        List.of(
            new byte[] {0x20, 2, 0, 5},
            new byte[] {(byte) 0x90, 3, 0, 1, (byte) 0x80},
            new byte[] {0x30, 1, 0},
            new byte[] {0x30, 3, 0, 9, 'd'},
            new byte[] {0x30, (byte) 0x80, (byte) 0x80, (byte) 0x80, (byte) 0x80, 1},
            publish(0, "no position"))) {
      Reading told = new Reading();
      new MqttReader(told, true).read(bad, 0, bad.length);
      assertEquals(List.of("malformed"), told.told, HexFormat.of().formatHex(bad));
    }
  }

  @Test
  void aBrowserConnectsCleanAndSubscribesToAllLocations() {
    byte[] greeting = new MosquittoPeer(PeerFileTest.ANY).greeting();
    byte[] golden =
        HexFormat.of()
            .parseHex(
                "100c00044d5154540402000000008217000100"
                    + "12646576696365732f2b2f6c6f636174696f6e00");
    assertArrayEquals(golden, greeting);
  }

  private static byte[] publish(int qos, String payload) {
    byte[] topic = Motion.ascii("devices/bench-0007/location");
    byte[] text = Motion.ascii(payload);
    int length = 2 + topic.length + (qos == 0 ? 0 : 2) + text.length;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(0x30 | (qos << 1));
    for (; length > 0x7f; length >>= 7) {
      out.write((length & 0x7f) | 0x80);
    }
    out.write(length);
    out.write(0);
    out.write(topic.length);
    out.writeBytes(topic);
    out.writeBytes(qos == 0 ? new byte[0] : new byte[] {0, 9});
    out.writeBytes(text);
    return out.toByteArray();
  }

  private static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }
}
