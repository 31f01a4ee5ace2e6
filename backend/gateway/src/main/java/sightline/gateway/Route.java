package sightline.gateway;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A path of the API with one method, as the OpenAPI document names it. Immutable.
 *
 * @param method in capitals
 * @param template such as {@code /api/v1/devices/{id}}
 * @param parameters those that its query may have; of the API's routes any other is refused
 */
record Route(String method, String template, Set<String> parameters, Handler handler) {
  /** One that takes no parameters. */
  Route(String method, String template, Handler handler) {
    this(method, template, Set.of(), handler);
  }

  /** Answers a request; runs on a virtual thread and may block. */
  interface Handler {
    Answer answer(Request request, Map<String, String> path)
        throws BadRequest, InterruptedException;
  }

  /**
   * Refuses a query that this route would misunderstand.
   *
   * @throws BadRequest where a parameter is not one of ours
   */
  void check(Request request) throws BadRequest {
    if (template.startsWith("/api/")) {
      request.only(parameters);
    }
  }

  /** The values in the path, or null where it is another. */
  @Nullable Map<String, String> match(String path) {
    List<String> wanted = Arrays.asList(template.split("/", -1));
    List<String> given = Arrays.asList(path.split("/", -1));
    if (wanted.size() != given.size()) {
      return null;
    }
    Map<String, String> values = new HashMap<>();
    for (int i = 0; i < wanted.size(); i++) {
      String segment = wanted.get(i);
      if (segment.startsWith("{")) {
        values.put(segment.substring(1, segment.length() - 1), given.get(i));
      } else if (!segment.equals(given.get(i))) {
        return null;
      }
    }
    return values;
  }
}
