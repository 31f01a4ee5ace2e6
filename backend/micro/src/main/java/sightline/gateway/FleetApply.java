package sightline.gateway;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import sightline.bus.DeviceRecord;
import sightline.micro.Units;

/** What the hub does with a record that moved. */
@State(Scope.Thread)
public class FleetApply {
  private static final int ROUNDS = 4;

  private final Fleet fleet = new Fleet(GatewaySettings.DEFAULT, new DeviceGroups(Map.of()));
  private final List<DeviceRecord> records =
      IntStream.range(0, ROUNDS).boxed().flatMap(round -> Units.round(round).stream()).toList();
  private int next;

  /** Applies one and ends the turn; gives how many changed. */
  @Benchmark
  public int record() {
    next = (next + 1) % records.size();
    fleet.apply(records.get(next), false, Units.NOW);
    int changed = fleet.changed().size();
    fleet.settle();
    return changed;
  }
}
