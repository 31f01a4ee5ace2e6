package sightline.gateway;

import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import sightline.protocol.JsonOut;

/** {@code /api/v1/session}: who acts, signing in with a token, and out. Any virtual thread. */
final class SessionApi {
  static final String PATH = "/api/v1/session";

  private static final int TRY_AGAIN_SECONDS = 2;

  private final People people;
  private final Names names;
  private final GatewayMetrics metrics;

  SessionApi(People people, Names names, GatewayMetrics metrics) {
    this.people = people;
    this.names = names;
    this.metrics = metrics;
  }

  List<Route> routes() {
    return List.of(
        new Route("GET", PATH, (request, values) -> session(request.login(), allowed(request))),
        new Route("POST", PATH, this::signIn),
        new Route("DELETE", PATH, this::signOut));
  }

  private Answer signIn(Request request, Map<String, String> values) throws BadRequest {
    if (people.open()) {
      return session(Login.OPEN, /* originAllowed= */ true);
    }
    Answer refused = JsonBody.refusal(request);
    if (refused != null) {
      return refused;
    }
    String token = JsonBody.token(request.body().array());
    return switch (people.signIn(token == null ? "" : token, request.address())) {
      case People.SignIn.Done done ->
          session(done.login(), /* originAllowed= */ true)
              .with("Set-Cookie", cookie(done.cookie(), People.LASTS.toSeconds()));
      case People.SignIn.Nobody nobody -> {
        metrics.rejected("wrong-token");
        yield Answer.problem(HttpResponseStatus.UNAUTHORIZED, "the token is nobody's");
      }
      case People.SignIn.TooMany tooMany -> {
        metrics.rejected("too-many-wrong-tokens");
        yield Answer.problem(
                HttpResponseStatus.TOO_MANY_REQUESTS,
                "too many wrong tokens came from this address")
            .with("Retry-After", String.valueOf(TRY_AGAIN_SECONDS));
      }
    };
  }

  private Answer signOut(Request request, Map<String, String> values) {
    people.signOut(request.headers());
    return Answer.of(HttpResponseStatus.NO_CONTENT).with("Set-Cookie", cookie("", 0));
  }

  private static String cookie(String id, long seconds) {
    return People.COOKIE
        + "="
        + id
        + "; Path=/; Max-Age="
        + seconds
        + "; HttpOnly; SameSite=Strict";
  }

  /**
   * Whether the page that asks may open {@code /live}. It can't read why a WebSocket was refused,
   * and browsers name no origin when a page asks its own server: then {@code Host} tells it.
   */
  private boolean allowed(Request request) {
    return request.header("Origin") == null
        ? names.trustsPagesOf(request.header("Host"))
        : names.trusts(request.header("Origin"));
  }

  private Answer session(@Nullable Login login, boolean originAllowed) {
    JsonOut json = new JsonOut(128);
    json.open('{').name("user");
    if (login == null) {
      json.nothing();
    } else {
      json.string(login.person().name());
    }
    json.name("signIn").bool(!people.open());
    if (!originAllowed) {
      json.name("originAllowed").bool(false);
    }
    json.close('}');
    return Answer.json(json).with("Cache-Control", "no-store");
  }
}
