package sightline.gateway;

import io.netty.channel.Channel;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker13;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import sightline.protocol.Limits;

/** The opening of a WebSocket at one path. Immutable; any event loop. */
final class Handshake {
  private final String path;
  private final List<String> subprotocols;

  /**
   * At a path, with one of these or no subprotocol.
   *
   * @param subprotocols preferred ones first
   */
  Handshake(String path, List<String> subprotocols) {
    this.path = path;
    this.subprotocols = List.copyOf(subprotocols);
  }

  /**
   * Why this is no handshake that we take, or null.
   *
   * @param rejected told the reason where somebody meant a WebSocket and got it wrong
   */
  @Nullable Answer refusal(Request request, Consumer<String> rejected) {
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
      rejected.accept("handshake");
      return Answer.problem(
          HttpResponseStatus.BAD_REQUEST, "Sec-WebSocket-Key must be 16 bytes in Base64");
    }
    List<String> offered = headers.getAll(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL);
    if (!offered.isEmpty() && !offers(offered)) {
      rejected.accept("subprotocol");
      String all = subprotocols.size() == 1 ? "" : "one of ";
      return Answer.problem(
          HttpResponseStatus.BAD_REQUEST,
          "the subprotocol is " + all + String.join(",", subprotocols));
    }
    return null;
  }

  /**
   * Answers it, and ends what served HTTP on the connection.
   *
   * @return the subprotocol that was agreed on, or null
   */
  @Nullable String shake(Channel channel, FullHttpRequest message) {
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
    WebSocketServerHandshaker13 handshaker =
        new WebSocketServerHandshaker13(path, String.join(",", subprotocols), decoder);
    var _ = handshaker.handshake(channel, message, new DefaultHttpHeaders(), channel.newPromise());
    channel.pipeline().remove(deadline);
    channel.pipeline().remove(HttpFront.class);
    return handshaker.selectedSubprotocol();
  }

  private boolean offers(List<String> offered) {
    return offered.stream()
        .flatMap(line -> Arrays.stream(line.split(",", -1)))
        .anyMatch(name -> subprotocols.contains(name.strip()));
  }

  private static boolean isKey(@Nullable String key) {
    try {
      return key != null && Base64.getDecoder().decode(key).length == 16;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
