package sightline.gateway;

import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Answers a request for a file: cached, compressed, in part. Any thread. */
final class FileAnswer {
  private FileAnswer() {}

  /**
   * The answer.
   *
   * @param unchanging whether its name stands for these bytes for ever
   */
  static Answer of(Request request, PageFile file, boolean unchanging) {
    String rangeHeader = request.header("Range");
    Blob gzip = file.gzip();
    boolean compressed = gzip != null && rangeHeader == null && takesGzip(request);
    String tag = "\"" + file.tag() + (compressed ? "-gz" : "") + "\"";
    String caching = unchanging ? "public, max-age=31536000, immutable" : "no-cache";
    if (known(request.header("If-None-Match"), tag)) {
      return Answer.of(HttpResponseStatus.NOT_MODIFIED)
          .with("ETag", tag)
          .with("Cache-Control", caching)
          .with("Vary", "Accept-Encoding");
    }
    ByteRange range = ifRange(request, tag) ? ByteRange.of(rangeHeader, file.size()) : null;
    Answer answer = compressed && gzip != null ? whole(file, gzip) : part(file, range);
    if (compressed) {
      answer = answer.with("Content-Encoding", "gzip");
    }
    return answer
        .with("ETag", tag)
        .with("Cache-Control", caching)
        .with("Vary", "Accept-Encoding")
        .with("Accept-Ranges", "bytes");
  }

  private static Answer whole(PageFile file, Blob bytes) {
    return Answer.bytes(HttpResponseStatus.OK, file.type(), bytes.array());
  }

  private static Answer part(PageFile file, @Nullable ByteRange range) {
    Blob plain = file.plain();
    if (range == null) {
      return plain != null
          ? whole(file, plain)
          : fromDisk(file, new ByteRange(0, file.size()), HttpResponseStatus.OK);
    }
    if (range.equals(ByteRange.UNSATISFIABLE)) {
      return Answer.problem(
              HttpResponseStatus.REQUESTED_RANGE_NOT_SATISFIABLE, "the file ends before that")
          .with("Content-Range", "bytes */" + file.size());
    }
    Answer answer;
    if (plain == null) {
      answer = fromDisk(file, range, HttpResponseStatus.PARTIAL_CONTENT);
    } else {
      int first = (int) range.first();
      byte[] cut = Arrays.copyOfRange(plain.array(), first, first + (int) range.length());
      answer = Answer.bytes(HttpResponseStatus.PARTIAL_CONTENT, file.type(), cut);
    }
    long last = range.first() + range.length() - 1;
    return answer.with("Content-Range", "bytes " + range.first() + "-" + last + "/" + file.size());
  }

  private static Answer fromDisk(PageFile file, ByteRange range, HttpResponseStatus status) {
    Answer.Body body = new Answer.Body.FilePart(file.path(), range.first(), range.length());
    return new Answer(status, Map.of("Content-Type", file.type()), body);
  }

  private static boolean takesGzip(Request request) {
    String accepted = request.header("Accept-Encoding");
    if (accepted == null) {
      return false;
    }
    for (String coding : accepted.split(",", -1)) {
      String name = coding.strip();
      if (name.equals("gzip")
          || (name.startsWith("gzip;") && !name.matches("gzip;\\s*q=0(\\.0*)?"))) {
        return true;
      }
    }
    return false;
  }

  private static boolean ifRange(Request request, String tag) {
    String condition = request.header("If-Range");
    return condition == null || condition.equals(tag);
  }

  private static boolean known(@Nullable String header, String tag) {
    if (header == null) {
      return false;
    }
    for (String candidate : header.split(",", -1)) {
      String strong = candidate.strip().replaceFirst("^W/", "");
      if (strong.equals("*") || strong.equals(tag)) {
        return true;
      }
    }
    return false;
  }
}
