package sightline.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.mqtt.MqttConnectMessage;
import io.netty.handler.codec.mqtt.MqttConnectReturnCode;
import io.netty.handler.codec.mqtt.MqttDecoder;
import io.netty.handler.codec.mqtt.MqttEncoder;
import io.netty.handler.codec.mqtt.MqttMessageBuilders;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.netty.handler.codec.mqtt.MqttVersion;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MqttWireTest {
  @ParameterizedTest
  @EnumSource(names = {"MQTT_3_1_1", "MQTT_5"})
  void connectsThenPublishesWhatABrokerReads(MqttVersion version) {
    MqttWire wire = new MqttWire(600, version);
    EmbeddedChannel device = new EmbeddedChannel();
    device.pipeline().addLast(Loop.LAST, new ChannelInboundHandlerAdapter());
    EmbeddedChannel broker = new EmbeddedChannel(new MqttDecoder(), MqttEncoder.INSTANCE);
    AtomicBoolean ready = new AtomicBoolean();

    wire.start(device, 599, () -> ready.set(true));
    broker.writeInbound((ByteBuf) device.readOutbound());
    MqttConnectMessage connect = assertInstanceOf(MqttConnectMessage.class, broker.readInbound());
    assertEquals("bench-0600", connect.payload().clientIdentifier());
    assertEquals(version.protocolLevel(), (byte) connect.variableHeader().version());

    broker.writeOutbound(
        MqttMessageBuilders.connAck()
            .returnCode(MqttConnectReturnCode.CONNECTION_ACCEPTED)
            .build());
    device.writeInbound((ByteBuf) broker.readOutbound());
    assertTrue(ready.get());

    ByteBuf bytes = device.alloc().buffer();
    wire.publish(bytes, 599, 3, 1_767_225_600_123L);
    broker.writeInbound(bytes);
    MqttPublishMessage publish = assertInstanceOf(MqttPublishMessage.class, broker.readInbound());
    assertEquals("devices/bench-0600/location", publish.variableHeader().topicName());
    assertEquals(MqttQoS.AT_MOST_ONCE, publish.fixedHeader().qosLevel());
    String payload = publish.payload().toString(StandardCharsets.UTF_8);
    assertTrue(payload.startsWith("{\"timestamp\":1767225600123,\"lat\":"), payload);
    assertTrue(payload.endsWith(",\"seq\":3}"), payload);
    publish.release();
    device.finishAndReleaseAll();
    broker.finishAndReleaseAll();
  }
}
