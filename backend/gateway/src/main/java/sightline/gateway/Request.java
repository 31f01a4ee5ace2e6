package sightline.gateway;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A whole HTTP request, apart from its connection. Immutable.
 *
 * @param path decoded, begins with a slash
 * @param query decoded parameters
 * @param body its bytes
 * @param login who asks, or null where they must sign in first
 * @param address where they come from, by {@link Addresses}
 */
record Request(
    HttpMethod method,
    String path,
    Map<String, List<String>> query,
    HttpHeaders headers,
    Blob body,
    @Nullable Login login,
    String address) {

  private static final int MAX_PARAMETERS = 64;

  /**
   * Takes a request target apart.
   *
   * @throws BadRequest where its escapes make no sense
   */
  static Request of(HttpMethod method, String target, HttpHeaders headers, Blob body)
      throws BadRequest {
    try {
      QueryStringDecoder decoder =
          new QueryStringDecoder(target, StandardCharsets.UTF_8, true, MAX_PARAMETERS);
      String path = decoder.path();
      if (!path.startsWith("/") || path.indexOf('\0') >= 0) {
        throw new BadRequest("the request target must begin with a slash");
      }
      return new Request(method, path, decoder.parameters(), headers, body, null, "");
    } catch (IllegalArgumentException e) {
      throw new BadRequest("the request target has a broken escape");
    }
  }

  /** The same, asked by someone from somewhere. */
  Request by(@Nullable Login someone, String from) {
    return new Request(method, path, query, headers, body, someone, from);
  }

  /** Who asks; those who must sign in first do not get to ask. */
  Person who() {
    if (login == null) {
      throw new IllegalStateException("nobody has signed in");
    }
    return login.person();
  }

  /** Whether it changes something. */
  boolean writes() {
    return !HttpMethod.GET.equals(method)
        && !HttpMethod.HEAD.equals(method)
        && !HttpMethod.OPTIONS.equals(method);
  }

  /**
   * A query parameter, or null where it is absent or empty.
   *
   * @throws BadRequest where it is there twice
   */
  @Nullable String parameter(String name) throws BadRequest {
    List<String> values = query.get(name);
    if (values == null || values.isEmpty()) {
      return null;
    }
    if (values.size() > 1) {
      throw new BadRequest(name + " is there more than once");
    }
    return values.getFirst().isEmpty() ? null : values.getFirst();
  }

  /**
   * Refuses parameters that nobody reads: a misspelt one would answer another question.
   *
   * @throws BadRequest where there is one besides these
   */
  void only(Set<String> known) throws BadRequest {
    for (String name : query.keySet()) {
      if (!known.contains(name)) {
        String shown = name.length() > 64 ? name.substring(0, 64) + "…" : name;
        throw new BadRequest(
            known.isEmpty()
                ? "there is no parameter " + shown + "; this path takes none"
                : "there is no parameter "
                    + shown
                    + "; this path takes "
                    + String.join(", ", new TreeSet<>(known)));
      }
    }
  }

  /** A whole number in a range, or what stands where it is absent. */
  int number(String name, int min, int max, int absent) throws BadRequest {
    String text = parameter(name);
    if (text == null) {
      return absent;
    }
    try {
      int number = Integer.parseInt(text);
      if (number >= min && number <= max) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw new BadRequest(name + " must be a whole number from " + min + " to " + max);
    }
    throw new BadRequest(name + " must be a whole number from " + min + " to " + max);
  }

  /** A moment, ISO 8601 or epoch ms, as epoch ms, or what stands where it is absent. */
  long moment(String name, long absent) throws BadRequest {
    String text = parameter(name);
    return text == null ? absent : Moments.parse(name, text);
  }

  @Nullable String header(String name) {
    return headers.get(name);
  }
}
