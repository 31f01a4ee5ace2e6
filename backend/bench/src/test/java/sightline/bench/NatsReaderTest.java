package sightline.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** NATS's protocol in WebSocket messages that don't respect its lines. */
class NatsReaderTest {
  private static final String PAYLOAD =
      "{\"timestamp\":1767225600123,\"lat\":47.141000,\"lon\":-9.520000,\"heading\":90.5,"
          + "\"speed\":13.9,\"seq\":17}";
  private static final String INFO = "INFO {\"server_id\":\"N\",\"max_payload\":1048576} \r\n";
  private static final List<String> POSITION =
      List.of(
          "bench-0007 Place[lat=471410000, lon=-95200000, heading=9050, speed=1390]",
          "bench-0007@1767225600123");

  @Test
  void readsLinesAndPayloadsAtEverySplit() {
    byte[] all = Motion.ascii(INFO + "PONG\r\n" + message("") + "PING\r\n" + message("reply "));
    List<String> expected = new ArrayList<>(List.of("snapshot"));
    expected.addAll(POSITION);
    expected.add("reply PONG\r\n");
    expected.addAll(POSITION);
    for (int at = 0; at <= all.length; at++) {
      Reading told = new Reading();
      NatsReader reader = new NatsReader(told, true);
      reader.read(all, 0, at);
      reader.end();
      reader.read(all, at, all.length);
      reader.end();
      assertEquals(expected, told.told, "split at " + at);
    }
  }

  @Test
  void readsThemByteByByteAndInAFullBuffer() {
    byte[] all = Motion.ascii(message("").repeat(200));
    List<String> expected = Collections.nCopies(200, POSITION.getLast());
    for (int step : new int[] {1, 7, 4_095, all.length}) {
      Reading told = new Reading();
      NatsReader reader = new NatsReader(told, false);
      for (int at = 0; at < all.length; at += step) {
        reader.read(all, at, Math.min(all.length, at + step));
      }
      assertEquals(expected, told.told, "in steps of " + step);
    }
  }

  @Test
  void tellsAnErrorAndWhatIsNoLine() {
    for (String bad :
        List.of(
            "-ERR 'Unknown Protocol Operation'\r\n",
            "MSG devices.bench-0007.location 1 x\r\n",
            "MSG x 1 2\r\n{}\r\n",
            "MSG devices.bench-0007.location 1 2\r\n{}\r\n")) {
      Reading told = new Reading();
      new NatsReader(told, true).read(Motion.ascii(bad), 0, bad.length());
      assertEquals(List.of("malformed"), told.told, bad);
    }
  }

  private static String message(String reply) {
    return "MSG devices.bench-0007.location 1 "
        + reply
        + PAYLOAD.length()
        + "\r\n"
        + PAYLOAD
        + "\r\n";
  }
}
