package sightline.bridge;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import sightline.protocol.Headings;
import sightline.protocol.JsonOut;
import sightline.protocol.Limits;
import sightline.protocol.Position;
import sightline.protocol.Topics;

/**
 * Copies each device's newest location to {@code fleet/{id}/location}, retained, at most one in an
 * interval. Owned by the rounds thread.
 */
final class FleetMirror {
  private final long intervalMillis;
  private final MqttPublisher publisher;
  private final List<TrackedDevice> due = new ArrayList<>();

  FleetMirror(long intervalMillis, MqttPublisher publisher) {
    this.intervalMillis = intervalMillis;
    this.publisher = publisher;
  }

  /** It moved now, monotonic ms. */
  void moved(TrackedDevice device, long now) {
    if (Limits.isReserved(device.id())) {
      return;
    }
    if (device.mirrored == Long.MIN_VALUE || now - device.mirrored >= intervalMillis) {
      publish(device, now);
    } else if (!device.mirrorDue) {
      device.mirrorDue = true;
      due.add(device);
    }
  }

  /** Removes what is retained of a device that is no part of the fleet any more. */
  void retired(TrackedDevice device) {
    device.mirrorDue = false;
    due.remove(device);
    var _ = publisher.publish(Topics.fleetLocation(device.id()), new byte[0], 0, true);
  }

  /** Publishes what was held back and is due now, monotonic ms. */
  void sweep(long now) {
    due.removeIf(
        device -> {
          if (device.mirrorDue && now - device.mirrored >= intervalMillis) {
            publish(device, now);
          }
          return !device.mirrorDue;
        });
  }

  private void publish(TrackedDevice device, long now) {
    device.mirrored = now;
    device.mirrorDue = false;
    byte[] payload = payload(device.newest());
    if (payload.length > 0) {
      var _ = publisher.publish(Topics.fleetLocation(device.id()), payload, 0, true);
    }
  }

  private static byte[] payload(@Nullable Position p) {
    if (p == null) {
      return new byte[0];
    }
    JsonOut out = new JsonOut(160);
    out.open('{').name("timestamp").number(p.order().millis());
    out.name("lat").decimal(p.lat(), 7).name("lon").decimal(p.lon(), 7);
    number(out, "heading", Headings.rounded(p.heading()));
    number(out, "speed", p.speed());
    number(out, "accuracy", p.accuracy());
    number(out, "altitude", p.altitude());
    if (p.order().seq() != 0) {
      out.name("seq").number(p.order().seq());
    }
    return out.close('}').toBytes();
  }

  private static void number(JsonOut out, String name, double value) {
    if (!Double.isNaN(value)) {
      out.name(name).decimal(value, 2);
    }
  }
}
