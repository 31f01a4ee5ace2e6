package sightline.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import sightline.micro.Units;

/** The frame of an update with units that moved. */
@State(Scope.Thread)
public class UpdateFrame {
  /** How many moved. */
  @Param({"1", "10", "600"})
  public int changed;

  private final Fleet fleet = new Fleet(GatewaySettings.DEFAULT, new DeviceGroups(Map.of()));
  private final Encoder encoder =
      new Encoder(
          PooledByteBufAllocator.DEFAULT, fleet, GatewaySettings.DEFAULT.live().snapshotDevices());
  private final Numbers numbers = new Numbers();
  private List<Slot> slots = List.of();
  private long n;

  /** Moves them. */
  @Setup
  public void move() {
    Units.round(0).forEach(record -> fleet.apply(record, false, Units.NOW));
    fleet.settle();
    Units.round(1).forEach(record -> fleet.apply(record, false, Units.NOW));
    slots = List.copyOf(fleet.changed().subList(0, changed));
  }

  /** As JSON; gives the frame's bytes. */
  @Benchmark
  public int json() {
    return size(Wire.JSON);
  }

  /** In binary; gives the frame's bytes. */
  @Benchmark
  public int binary() {
    return size(Wire.BINARY);
  }

  private int size(Wire wire) {
    ByteBuf frame = encoder.update(numbers, ++n, slots, List.of(), wire);
    int size = frame.readableBytes();
    frame.release();
    return size;
  }
}
