package sightline.micro;

import java.util.ArrayList;
import java.util.List;
import sightline.bus.DeviceRecord;
import sightline.protocol.Order;
import sightline.protocol.Position;

/** The fleet of all benchmarks: 600 vehicles that drive on one degree of land. Stateless. */
public final class Units {
  /** How many there are. */
  public static final int COUNT = 600;

  /** What the benchmarks' clock says, epoch ms: units are neither silent nor skewed then. */
  public static final long NOW = 1_767_225_600_000L;

  /** Where their land begins, degrees. */
  public static final int SOUTH = 46;

  /** Where their land begins, degrees. */
  public static final int WEST = 9;

  private static final int BATCHES = COUNT / 10;

  private Units() {}

  /** Every unit, as of a round; from one round to the next each has moved by some metres. */
  public static List<DeviceRecord> round(int round) {
    List<DeviceRecord> records = new ArrayList<>();
    for (int unit = 0; unit < COUNT; unit++) {
      records.add(record(unit, round));
    }
    return records;
  }

  /** The units of so many rounds, ten from all over the land to a batch. */
  public static List<List<DeviceRecord>> batches(int rounds) {
    List<List<DeviceRecord>> batches = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      for (int first = 0; first < BATCHES; first++) {
        List<DeviceRecord> batch = new ArrayList<>();
        for (int unit = first; unit < COUNT; unit += BATCHES) {
          batch.add(record(unit, round));
        }
        batches.add(batch);
      }
    }
    return batches;
  }

  /** Degrees WGS84 with six decimals, as units publish them. */
  static double lat(int unit, int round) {
    return SOUTH + (unit * 7_919L + round * 37L) % 1_000_003L / 1e6;
  }

  /** Degrees WGS84. */
  static double lon(int unit, int round) {
    return WEST + (unit * 6_007L + round * 53L) % 1_000_033L / 1e6;
  }

  /** Degrees clockwise from north, with one decimal. */
  static double heading(int unit, int round) {
    return (unit * 17L + round * 3L) % 3_600L / 10.0;
  }

  /** Metres per second, with one decimal. */
  static double speed(int unit, int round) {
    return (20 + (unit + round) % 280) / 10.0;
  }

  private static DeviceRecord record(int unit, int round) {
    String id = "unit-" + unit;
    Position position =
        new Position(
            id,
            new Order(NOW, round),
            NOW,
            NOW,
            false,
            lat(unit, round),
            lon(unit, round),
            heading(unit, round),
            speed(unit, round),
            5,
            Double.NaN);
    return new DeviceRecord(
        id, position, true, null, NOW, NOW, 500, 80, 60, "s-1", "vehicle", "Unit " + unit, "1.0");
  }
}
