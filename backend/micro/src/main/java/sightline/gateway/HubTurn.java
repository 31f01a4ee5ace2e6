package sightline.gateway;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A turn of the hub with ten units that moved: from the inbox to the frames for browsers. */
@State(Scope.Thread)
public class HubTurn {
  /** One browser of the whole fleet, or one at each of 25 cities. */
  @Param({"all", "city"})
  public String view = "all";

  /** How they are told. */
  @Param({"JSON", "BINARY"})
  public String wire = "JSON";

  private final HubRig rig = new HubRig();

  /** Lets the browsers in. */
  @Setup
  public void look() {
    if (view.equals("all")) {
      rig.lookAtAll(Wire.valueOf(wire));
    } else {
      rig.lookAtCities(Wire.valueOf(wire));
    }
  }

  /** One turn; gives how many views and cells were told. */
  @Benchmark
  public int turn() {
    return rig.turn();
  }
}
