package sightline.gateway;

import io.netty.channel.Channel;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker13;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import sightline.protocol.Limits;

/** The opening of a WebSocket that speaks {@code sightline.v1.json} alone. Any event loop. */
final class Handshake {
  private static final String JSON = "sightline.v1.json";

  private Handshake() {}

  /** Why this is no handshake that we take, or null. */
  static @Nullable Answer refusal(Request request) {
    String path = request.path();
    if (!HttpMethod.GET.equals(request.method())) {
      return Answer.problem(HttpResponseStatus.METHOD_NOT_ALLOWED, path + " is opened with GET")
          .with("Allow", "GET");
    }
    HttpHeaders headers = request.headers();
    if (!headers.containsValue(HttpHeaderNames.UPGRADE, "websocket", true)
        || !headers.containsValue(HttpHeaderNames.CONNECTION, "upgrade", true)) {
      return Answer.problem(HttpResponseStatus.UPGRADE_REQUIRED, path + " is a WebSocket")
          .with("Upgrade", "websocket");
    }
    if (!"13".equals(headers.get(HttpHeaderNames.SEC_WEBSOCKET_VERSION))) {
      return Answer.problem(HttpResponseStatus.UPGRADE_REQUIRED, "WebSocket version 13 is spoken")
          .with("Sec-WebSocket-Version", "13");
    }
    if (!isKey(headers.get(HttpHeaderNames.SEC_WEBSOCKET_KEY))) {
      return Answer.problem(
          HttpResponseStatus.BAD_REQUEST, "Sec-WebSocket-Key must be 16 bytes in Base64");
    }
    List<String> offered = headers.getAll(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL);
    if (!offered.isEmpty() && !offers(offered)) {
      return Answer.problem(HttpResponseStatus.BAD_REQUEST, "the subprotocol is " + JSON);
    }
    return null;
  }

  /** Answers it, and makes the connection one of whole messages. */
  static void shake(Channel channel, FullHttpRequest message, String path) {
    WebSocketDecoderConfig decoder =
        WebSocketDecoderConfig.newBuilder()
            .maxFramePayloadLength(Limits.MAX_CLIENT_MESSAGE_BYTES)
            .expectMaskedFrames(true)
            .allowMaskMismatch(false)
            .allowExtensions(false)
            .closeOnProtocolViolation(true)
            .withUTF8Validator(false)
            .build();
    HttpDeadline deadline = channel.pipeline().get(HttpDeadline.class);
    var _ =
        new WebSocketServerHandshaker13(path, JSON, decoder)
            .handshake(channel, message, new DefaultHttpHeaders(), channel.newPromise());
    channel.pipeline().remove(deadline);
    channel.pipeline().remove(HttpFront.class);
    channel.pipeline().addLast(new WebSocketFrameAggregator(Limits.MAX_CLIENT_MESSAGE_BYTES));
  }

  private static boolean offers(List<String> offered) {
    return offered.stream()
        .flatMap(line -> Arrays.stream(line.split(",", -1)))
        .anyMatch(name -> name.strip().equals(JSON));
  }

  private static boolean isKey(@Nullable String key) {
    try {
      return key != null && Base64.getDecoder().decode(key).length == 16;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
