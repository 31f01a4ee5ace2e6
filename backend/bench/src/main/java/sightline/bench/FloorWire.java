package sightline.bench;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;

/**
 * A device of the floor: each publish is two bytes of length, then the JSON that browsers are to
 * read. Owned by the generator's thread.
 */
final class FloorWire implements Wire {
  private final byte[][] heads;
  private final byte[] payload = new byte[256];

  FloorWire(int devices) {
    heads = new byte[devices][];
    for (int device = 0; device < devices; device++) {
      heads[device] = Motion.ascii("{\"id\":\"" + DeviceIds.id(device) + "\",");
    }
  }

  @Override
  public void start(Channel channel, int device, Runnable ready) {
    ready.run();
  }

  @Override
  public void publish(ByteBuf out, int device, int sequence, long timestamp) {
    int at = Motion.put(payload, 0, heads[device]);
    int length = Motion.writeFields(payload, at, device, sequence, timestamp);
    out.writeShort(length).writeBytes(payload, 0, length);
  }
}
