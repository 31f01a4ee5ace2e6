package sightline.bench;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;

/**
 * How a device speaks to the system under test. Both implementations are called by the generator's
 * thread alone, and don't block.
 */
interface Wire {
  /** Called once a device's connection is up; runs {@code ready} when the device may publish. */
  void start(Channel channel, int device, Runnable ready);

  /** Writes one publish of the device's k-th position. */
  void publish(ByteBuf out, int device, int sequence, long timestamp);
}
