package sightline.redis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import sightline.bus.DeviceRecord;
import sightline.bus.HotState.PendingEvent;
import sightline.bus.HotState.Snapshot;

/** Hot state as the scripts give and take it. Stateless. */
final class HotForm {
  /** Digits of a pending event's place in the order of arrival; a reason's length follows. */
  private static final int PLACE = 16;

  private HotForm() {}

  /** What the script hot.lua gave. */
  static Snapshot read(List<?> answer) {
    List<DeviceRecord> devices = new ArrayList<>();
    for (Object record : (List<?>) answer.get(3)) {
      devices.add(StoredForm.device((byte[]) record));
    }
    List<byte[]> pending = new ArrayList<>();
    for (Object event : (List<?>) answer.get(4)) {
      pending.add((byte[]) event);
    }
    pending.sort(Comparator.comparing(value -> Keys.text(Arrays.copyOf(value, PLACE))));
    return new Snapshot(
        Keys.text(answer.get(0)),
        Keys.number(answer.get(1)),
        Keys.number(answer.get(2)),
        devices,
        pending.stream().map(HotForm::pending).toList());
  }

  private static PendingEvent pending(byte[] value) {
    int reason = PLACE + 1 + (value[PLACE] & 0xff);
    String text = Keys.text(Arrays.copyOfRange(value, PLACE + 1, reason));
    byte[] event = Arrays.copyOfRange(value, reason, value.length);
    return new PendingEvent(StoredForm.event(event), text.isEmpty() ? null : text);
  }

  /** What the script rewrite.lua takes. */
  static byte[][] write(Snapshot snapshot) {
    List<byte[]> arguments = new ArrayList<>();
    arguments.add(Keys.bytes(snapshot.token()));
    arguments.add(Keys.bytes(snapshot.epoch()));
    arguments.add(Keys.bytes(snapshot.number()));
    arguments.add(Keys.bytes(snapshot.devices().size()));
    for (DeviceRecord device : snapshot.devices()) {
      arguments.add(Keys.bytes(device.id()));
      arguments.add(StoredForm.device(device));
    }
    for (PendingEvent pending : snapshot.pending()) {
      String reason = pending.unrecordedReason();
      arguments.add(RedisBus.field(pending.key()));
      arguments.add(Keys.bytes(reason == null ? "" : reason));
      arguments.add(StoredForm.event(pending.event()));
    }
    return arguments.toArray(byte[][]::new);
  }
}
