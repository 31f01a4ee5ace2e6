package sightline.gateway;

import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import sightline.protocol.JsonOut;

/** {@code /api/v1/session}: who acts, signing in with a token, and out. Any virtual thread. */
final class SessionApi {
  static final String PATH = "/api/v1/session";

  private final People people;

  SessionApi(People people) {
    this.people = people;
  }

  List<Route> routes() {
    return List.of(
        new Route("GET", PATH, (request, values) -> session(request.login())),
        new Route("POST", PATH, this::signIn),
        new Route("DELETE", PATH, this::signOut));
  }

  private Answer signIn(Request request, Map<String, String> values) throws BadRequest {
    if (people.open()) {
      return session(Login.OPEN);
    }
    Answer refused = JsonBody.refusal(request);
    if (refused != null) {
      return refused;
    }
    String token = JsonBody.token(request.body().array());
    String id = token == null ? null : people.signIn(token);
    if (id == null) {
      return Answer.problem(HttpResponseStatus.UNAUTHORIZED, "the token is nobody's");
    }
    return session(people.login(id)).with("Set-Cookie", cookie(id, People.LASTS.toSeconds()));
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

  private Answer session(@Nullable Login login) {
    JsonOut json = new JsonOut(128);
    json.open('{').name("user");
    if (login == null) {
      json.nothing();
    } else {
      json.string(login.person().name());
    }
    json.name("signIn").bool(!people.open()).close('}');
    return Answer.json(json).with("Cache-Control", "no-store");
  }
}
