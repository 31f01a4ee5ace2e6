package sightline.micro;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * Work that never changes, of the codec's manner: some 4 KiB of decimal digits. What else is
 * measured is compared as a multiple of it, because machines differ and are shared.
 */
@State(Scope.Thread)
public class Calibration {
  private static final int NUMBERS = 512;

  private final byte[] text = new byte[NUMBERS * 10];
  private int seed = 1;

  /** Writes the numbers; gives how many bytes that was. */
  @Benchmark
  public int digits() {
    int at = 0;
    int number = seed++;
    for (int i = 0; i < NUMBERS; i++) {
      number = number * 1_664_525 + 1_013_904_223;
      for (int rest = number >>> 4; rest > 0; rest /= 10) {
        text[at++] = (byte) ('0' + rest % 10);
      }
    }
    return at;
  }
}
