package sightline.gateway;

import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sightline.bus.BusUnavailable;
import sightline.history.HistoryUnavailable;
import sightline.history.TookTooLong;

/**
 * Answers HTTP: the API by its table of routes, anything else from the page's files. Called on
 * event loops; the work runs on virtual threads, a bounded number at once.
 */
final class Routes {
  private static final Logger LOG = LoggerFactory.getLogger(Routes.class);

  private final List<Route> routes;
  private final PageFiles page;
  private final HealthWatch health;
  private final GatewayMetrics metrics;
  private final Executor blocking;
  private final Semaphore places;

  Routes(
      List<Route> routes,
      PageFiles page,
      HealthWatch health,
      GatewayMetrics metrics,
      Executor blocking,
      int concurrentRequests) {
    this.routes = List.copyOf(routes);
    this.page = page;
    this.health = health;
    this.metrics = metrics;
    this.blocking = blocking;
    this.places = new Semaphore(concurrentRequests);
  }

  List<Route> table() {
    return routes;
  }

  /** Runs what may block. */
  Executor blocking() {
    return blocking;
  }

  /**
   * Any thread: an answer, whatever happens but a defect. Cancelled, it ends what is being read for
   * a request that changes nothing.
   */
  CompletableFuture<Answer> answer(Request request) {
    if (!places.tryAcquire()) {
      metrics.rejected("http-busy");
      return CompletableFuture.completedFuture(
          Answer.problem(HttpResponseStatus.SERVICE_UNAVAILABLE, "too many requests at once")
              .with("Retry-After", "1"));
    }
    CompletableFuture<Answer> answer = new CompletableFuture<>();
    try {
      blocking.execute(
          () -> {
            Thread thread = Thread.currentThread();
            if (!request.writes()) {
              var _ =
                  answer.whenComplete(
                      (done, failed) -> {
                        if (answer.isCancelled()) {
                          thread.interrupt();
                        }
                      });
            }
            try {
              answer.complete(find(request));
            } catch (Throwable e) {
              answer.completeExceptionally(e);
            } finally {
              places.release();
            }
          });
    } catch (RejectedExecutionException e) {
      places.release();
      answer.complete(
          Answer.problem(HttpResponseStatus.SERVICE_UNAVAILABLE, "the gateway is stopping"));
    }
    return answer;
  }

  private Answer find(Request request) throws InterruptedException {
    String method = request.method().name().equals("HEAD") ? "GET" : request.method().name();
    List<String> allowed = new ArrayList<>();
    for (Route route : routes) {
      Map<String, String> path = route.match(request.path());
      if (path != null && route.method().equals(method)) {
        return handle(route, request, path);
      }
      if (path != null) {
        allowed.add(route.method());
      }
    }
    if (!allowed.isEmpty()) {
      return notAllowed(allowed);
    }
    if (request.path().startsWith("/api/")) {
      return Answer.problem(HttpResponseStatus.NOT_FOUND, "there is nothing at this path");
    }
    return method.equals("GET") ? page.answer(request) : notAllowed(List.of("GET"));
  }

  private static Answer notAllowed(List<String> methods) {
    TreeSet<String> allow = new TreeSet<>(methods);
    if (allow.contains("GET")) {
      allow.add("HEAD");
    }
    return Answer.problem(
            HttpResponseStatus.METHOD_NOT_ALLOWED, "this path takes " + String.join(", ", allow))
        .with("Allow", String.join(", ", allow));
  }

  private Answer handle(Route route, Request request, Map<String, String> path)
      throws InterruptedException {
    Answer answer;
    try {
      route.check(request);
      answer = route.handler().answer(request, path);
    } catch (BadRequest e) {
      metrics.rejected("http-parameter");
      answer = Answer.problem(HttpResponseStatus.BAD_REQUEST, String.valueOf(e.getMessage()));
    } catch (TookTooLong e) {
      LOG.info("a question to history was ended: {}", e.getMessage());
      answer =
          Answer.problem(
                  HttpResponseStatus.SERVICE_UNAVAILABLE,
                  "history did not finish in time; ask for a shorter span, or name a device")
              .with("Retry-After", "5");
    } catch (HistoryUnavailable e) {
      LOG.info("history did not answer: {}", e.getMessage());
      answer =
          Answer.problem(HttpResponseStatus.SERVICE_UNAVAILABLE, "history does not answer")
              .with("Retry-After", "1");
    } catch (BusUnavailable e) {
      LOG.info("the bus did not answer: {}", e.getMessage());
      answer =
          Answer.problem(HttpResponseStatus.SERVICE_UNAVAILABLE, "the bus does not answer")
              .with("Retry-After", "1");
    }
    return route.template().startsWith("/api/") ? fresh(answer) : answer;
  }

  /** Says how fresh the picture is, with every answer of the API. */
  private Answer fresh(Answer answer) {
    var verdict = health.now();
    String text =
        verdict.fresh()
            ? "fresh"
            : "stale; reason=" + verdict.reason() + "; since=" + verdict.since();
    Answer said = answer.with("X-Sightline-Freshness", text);
    return said.fields().containsKey("Cache-Control")
        ? said
        : said.with("Cache-Control", "no-store");
  }
}
