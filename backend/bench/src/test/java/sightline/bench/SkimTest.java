package sightline.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a browser that only counts makes of frames, at any split. */
class SkimTest implements FrameReader.Sink {
  private final List<String> told = new ArrayList<>();

  @Test
  void walksFromFrameToFrameAtAnySplit() {
    byte[] bytes = new byte[2 + 5 + 4 + 300 + 2 + 2 + 2];
    bytes[0] = (byte) 0x81;
    bytes[1] = 5;
    bytes[7] = (byte) 0x82;
    bytes[8] = 126;
    bytes[9] = 1;
    bytes[10] = 44;
    bytes[311] = (byte) 0x89;
    bytes[312] = 2;
    bytes[313] = 'h';
    bytes[314] = 'i';
    bytes[315] = (byte) 0x81;
    for (int split = 0; split <= bytes.length; split++) {
      told.clear();
      FrameReader frames = new FrameReader(this);
      frames.skim(Unpooled.wrappedBuffer(bytes, 0, split));
      frames.skim(Unpooled.wrappedBuffer(bytes, split, bytes.length - split));
      assertEquals(List.of("message", "message", "9 hi", "message"), told, "split at " + split);
    }
  }

  @Test
  void refusesWhatIsNoFrame() {
    FrameReader frames = new FrameReader(this);
    assertThrows(
        FrameReader.BadFrame.class,
        () -> frames.skim(Unpooled.wrappedBuffer(new byte[] {(byte) 0xc1, 0})));
    assertThrows(
        FrameReader.BadFrame.class,
        () -> new FrameReader(this).skim(Unpooled.wrappedBuffer(new byte[] {(byte) 0x83, 0})));
    assertThrows(
        FrameReader.BadFrame.class,
        () ->
            new FrameReader(this)
                .skim(Unpooled.wrappedBuffer(new byte[] {(byte) 0x81, (byte) 0x81})));
  }

  @Override
  public void payload(byte[] bytes, int from, int to) {
    throw new IllegalStateException("a skimmed payload was handed on");
  }

  @Override
  public void messageEnd() {
    told.add("message");
  }

  @Override
  public void control(int opcode, byte[] payload, int length) {
    told.add(opcode + " " + new String(payload, 0, length, StandardCharsets.UTF_8));
  }
}
