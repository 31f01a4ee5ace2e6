package sightline.redis;

import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import sightline.bus.BusMessage;
import sightline.bus.DeviceRecord;
import sightline.micro.Units;

/** A batch of ten records as it goes through Redis. */
@State(Scope.Thread)
public class BatchForm {
  private final List<List<DeviceRecord>> batches = Units.batches(1);
  private final List<byte[]> encoded = batches.stream().map(BatchForm::bytes).toList();
  private int next;

  /** The bridge's side. */
  @Benchmark
  public byte[] encode() {
    return bytes(batches.get(turn()));
  }

  /** The gateway's side. */
  @Benchmark
  public BusMessage decode() {
    return MessageForm.read(encoded.get(turn()));
  }

  private int turn() {
    next = (next + 1) % batches.size();
    return next;
  }

  private static byte[] bytes(List<DeviceRecord> records) {
    List<byte[]> stored = records.stream().map(StoredForm::device).toList();
    return MessageForm.batch(new BusMessage.Batch("epoch-1", 7, 1, records), stored);
  }
}
