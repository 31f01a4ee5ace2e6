package sightline.bench;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.mqtt.MqttConnAckMessage;
import io.netty.handler.codec.mqtt.MqttConnectReturnCode;
import io.netty.handler.codec.mqtt.MqttDecoder;
import io.netty.handler.codec.mqtt.MqttEncoder;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageBuilders;
import io.netty.handler.codec.mqtt.MqttVersion;

/**
 * A device by MQTT 3.1.1 or 5: connects clean, then publishes to its own topic at QoS 0. Its
 * publishes are laid out by hand, so that the generator costs the machine little. Owned by the
 * generator's thread.
 */
final class MqttWire implements Wire {
  private static final int PUBLISH_QOS_0 = 0x30;

  private final MqttVersion version;
  private final byte[][] topics;
  private final byte[] payload = new byte[256];

  MqttWire(int devices, MqttVersion version) {
    this.version = version;
    topics = new byte[devices][];
    for (int device = 0; device < devices; device++) {
      topics[device] = Motion.ascii("devices/" + DeviceIds.id(device) + "/location");
    }
  }

  @Override
  public void start(Channel channel, int device, Runnable ready) {
    channel
        .pipeline()
        .addBefore(Loop.LAST, null, MqttEncoder.INSTANCE)
        .addBefore(Loop.LAST, null, new MqttDecoder())
        .addBefore(Loop.LAST, null, new Acceptance(ready));
    Channels.send(
        channel,
        MqttMessageBuilders.connect()
            .protocolVersion(version)
            .clientId(DeviceIds.id(device))
            .cleanSession(true)
            .keepAlive(0)
            .build());
  }

  @Override
  public void publish(ByteBuf out, int device, int sequence, long timestamp) {
    payload[0] = '{';
    int length = Motion.writeFields(payload, 1, device, sequence, timestamp);
    byte[] topic = topics[device];
    int properties = version == MqttVersion.MQTT_5 ? 1 : 0;
    out.writeByte(PUBLISH_QOS_0);
    remainingLength(out, 2 + topic.length + properties + length);
    out.writeShort(topic.length).writeBytes(topic).writeZero(properties);
    out.writeBytes(payload, 0, length);
  }

  private static void remainingLength(ByteBuf out, int length) {
    int rest = length;
    while (rest > 0x7f) {
      out.writeByte((rest & 0x7f) | 0x80);
      rest >>= 7;
    }
    out.writeByte(rest);
  }

  /** Waits for the broker's yes, then takes itself and the codec out of the way. */
  private static final class Acceptance extends SimpleChannelInboundHandler<MqttMessage> {
    private final Runnable ready;

    Acceptance(Runnable ready) {
      this.ready = ready;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, MqttMessage message) {
      if (message instanceof MqttConnAckMessage answer
          && answer.variableHeader().connectReturnCode()
              == MqttConnectReturnCode.CONNECTION_ACCEPTED) {
        ctx.pipeline().remove(MqttDecoder.class);
        ctx.pipeline().remove(MqttEncoder.class);
        ctx.pipeline().remove(this);
        ready.run();
      } else {
        ctx.fireExceptionCaught(new IllegalStateException("the broker refused: " + message));
      }
    }
  }
}
