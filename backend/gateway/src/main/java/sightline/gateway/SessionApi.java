package sightline.gateway;

import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.List;
import sightline.protocol.JsonOut;

/** {@code /api/v1/session}: who acts; until sign-in exists, the one at this machine. */
final class SessionApi {
  static final String LOCAL_USER = "local";

  private SessionApi() {}

  static List<Route> routes() {
    String path = "/api/v1/session";
    return List.of(
        new Route("GET", path, (request, values) -> session()),
        new Route("POST", path, (request, values) -> session()),
        new Route("DELETE", path, (request, values) -> Answer.of(HttpResponseStatus.NO_CONTENT)));
  }

  private static Answer session() {
    JsonOut json = new JsonOut(128);
    json.open('{').name("user").string(LOCAL_USER).name("signIn").bool(false).close('}');
    return Answer.json(json);
  }
}
