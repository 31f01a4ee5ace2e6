package sightline.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.DefaultFileRegion;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;

/** Writes answers, with the header fields that every one has. Any event loop. */
final class AnswerWriter {
  private static final String CSP =
      "default-src 'self'; script-src 'self'; worker-src 'self'; style-src 'self'; "
          + "img-src 'self' data: blob:; connect-src 'self'; object-src 'none'; "
          + "base-uri 'none'; frame-ancestors 'none'";

  private AnswerWriter() {}

  /**
   * Writes and flushes an answer that is whole, or the head of a stream.
   *
   * @param head whether only its head is wanted
   * @param keepAlive whether the connection stays open after it
   */
  static ChannelFuture write(
      ChannelHandlerContext ctx, Answer answer, boolean head, boolean keepAlive) {
    return write(ctx, answer, head, keepAlive, true);
  }

  /**
   * The same.
   *
   * @param chunks whether a stream may go in chunks; else the connection's end is its end
   */
  static ChannelFuture write(
      ChannelHandlerContext ctx, Answer answer, boolean head, boolean keepAlive, boolean chunks) {
    boolean file = answer.body() instanceof Answer.Body.FilePart && !head;
    boolean stream = answer.body() instanceof Answer.Body.Stream;
    HttpResponse response =
        file || (stream && !head)
            ? new DefaultHttpResponse(HttpVersion.HTTP_1_1, answer.status())
            : new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1,
                answer.status(),
                head ? Unpooled.EMPTY_BUFFER : bytes(answer));
    HttpHeaders headers = response.headers();
    answer.fields().forEach(headers::set);
    common(headers);
    if (stream && chunks) {
      headers.set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
    } else if (!stream
        && !HttpResponseStatus.NOT_MODIFIED.equals(answer.status())
        && !HttpResponseStatus.NO_CONTENT.equals(answer.status())) {
      headers.set(HttpHeaderNames.CONTENT_LENGTH, answer.body().length());
    }
    headers.set(
        HttpHeaderNames.CONNECTION,
        keepAlive ? HttpHeaderValues.KEEP_ALIVE : HttpHeaderValues.CLOSE);
    if (!file) {
      return ctx.writeAndFlush(response);
    }
    Answer.Body.FilePart part = (Answer.Body.FilePart) answer.body();
    var _ = ctx.write(response, ctx.voidPromise());
    var _ =
        ctx.write(
            new DefaultFileRegion(part.file().toFile(), part.offset(), part.length()),
            ctx.voidPromise());
    return ctx.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT);
  }

  private static ByteBuf bytes(Answer answer) {
    return switch (answer.body()) {
      case Answer.Body.Bytes bytes -> Unpooled.wrappedBuffer(bytes.bytes().array());
      case Answer.Body.Stream stream -> Unpooled.EMPTY_BUFFER;
      case Answer.Body.FilePart part -> Unpooled.EMPTY_BUFFER;
    };
  }

  private static void common(HttpHeaders headers) {
    headers.set("Content-Security-Policy", CSP);
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("Referrer-Policy", "no-referrer");
    headers.set("Cross-Origin-Opener-Policy", "same-origin");
    headers.set("Cross-Origin-Resource-Policy", "same-origin");
  }
}
