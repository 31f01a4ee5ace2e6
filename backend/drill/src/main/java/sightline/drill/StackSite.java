package sightline.drill;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lettuce.core.RedisClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The production path, reached through Nginx, and one fault of it; a fault that does more has a
 * class of its own on top. The stack itself goes on for the next fault. Owned by the thread that
 * drills.
 */
class StackSite implements Site {
  private static final Duration BACK = Duration.ofMinutes(2);
  private static final long POLL_MILLIS = 10;
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration ANSWER = Duration.ofSeconds(5);
  private static final List<String> ROLES = List.of("gateway", "recorder", "bridge");

  private final StackProcess stack;
  private final Fault fault;
  private final RandomGenerator random;
  private final HttpClient client;
  private List<StackParts.Part> struck = List.of();

  /** Roles that a roll has still to stop, in its order. */
  private final Deque<StackParts.Part> toRoll = new ArrayDeque<>();

  StackSite(StackProcess stack, Fault fault, RandomGenerator random) throws IOException {
    this.stack = stack;
    this.fault = fault;
    this.random = random;
    client = TrustedClient.of(stack.folder().resolve("certs/ca.crt"));
  }

  @Override
  public Endpoints start() throws IOException {
    StackParts parts = stack.parts();
    String map = parts.named("nginx").url();
    return new Endpoints(
        0,
        URI.create(map.endsWith("/") ? map.substring(0, map.length() - 1) : map),
        URI.create(parts.named("mosquitto").plainUrl()));
  }

  StackProcess stack() {
    return stack;
  }

  /** The part that is struck, of a fault of one part. */
  StackParts.Part struck() {
    return struck.getFirst();
  }

  @Override
  public HttpClient client() {
    return client;
  }

  @Override
  public void aim() throws IOException, InterruptedException {
    switch (fault.way()) {
      case KILL, STOP, AWAY, STAGED, STAGED_ONCE -> struck = List.of(one(fault.part()));
      case KILL_STANDBY -> struck = List.of(standby());
      case KILL_TOGETHER -> struck = all();
      case ROLL -> {
        if (toRoll.isEmpty()) {
          toRoll.addAll(rolled());
        }
        struck = List.of(toRoll.remove());
      }
      case FLUSH, TRIAL, UP -> struck = List.of();
    }
  }

  @Override
  public void strike() throws IOException, InterruptedException {
    switch (fault.way()) {
      case KILL, KILL_STANDBY, KILL_TOGETHER, STAGED, STAGED_ONCE ->
          struck.forEach(part -> Signal.KILL.to(part.pid()));
      case STOP -> struck.forEach(part -> Signal.STOP.toAll(part.pid()));
      case AWAY -> {
        stack.hold(struck.getFirst().name());
        Signal.KILL.to(struck.getFirst().pid());
      }
      case ROLL -> Signal.TERM.to(struck.getFirst().pid());
      case FLUSH -> flush();
      case TRIAL, UP -> throw new IllegalStateException(fault.word() + " is done elsewhere");
    }
  }

  /** The active bridge; of several other parts any. */
  final StackParts.Part one(String kind) throws IOException, InterruptedException {
    List<StackParts.Part> some = stack.parts().of(kind);
    if (!kind.equals("bridge")) {
      return some.get(random.nextInt(some.size()));
    }
    long deadline = System.nanoTime() + BACK.toNanos();
    while (System.nanoTime() - deadline < 0) {
      for (StackParts.Part bridge : stack.parts().of(kind)) {
        if (bridge.pid() != 0 && isActive(bridge)) {
          return bridge;
        }
      }
      Thread.sleep(POLL_MILLIS);
    }
    throw new DrillStuck("no bridge says that it is the active one");
  }

  private StackParts.Part standby() throws IOException, InterruptedException {
    String active = one("bridge").name();
    return stack.parts().of("bridge").stream()
        .filter(part -> !part.name().equals(active))
        .findFirst()
        .orElseThrow();
  }

  private boolean isActive(StackParts.Part bridge) throws InterruptedException {
    return stack
        .metrics(bridge)
        .lines()
        .anyMatch(line -> line.startsWith("sightline_bridge_active") && line.endsWith(" 1.0"));
  }

  private List<StackParts.Part> all() throws IOException {
    return stack.parts().all().stream().filter(part -> !part.name().equals("simulator")).toList();
  }

  /** The standby bridge before the active one. */
  private List<StackParts.Part> rolled() throws IOException, InterruptedException {
    List<StackParts.Part> order = new ArrayList<>();
    for (String kind : ROLES) {
      order.addAll(stack.parts().of(kind));
    }
    StackParts.Part active = one("bridge");
    order.remove(active);
    order.add(active);
    return order;
  }

  private void flush() throws IOException {
    RedisClient redis = RedisClient.create(stack.parts().named("redis").url());
    try (var connection = redis.connect()) {
      connection.sync().flushall();
    } finally {
      redis.shutdown();
    }
  }

  @Override
  public void release() throws IOException {
    switch (fault.way()) {
      case STOP -> struck.forEach(part -> Signal.CONT.toAll(part.pid()));
      case AWAY -> stack.release(struck.getFirst().name());
      case UP, KILL, KILL_STANDBY, KILL_TOGETHER, FLUSH, ROLL, STAGED, STAGED_ONCE, TRIAL -> {
        // The supervisor starts it again by itself.
      }
    }
  }

  @Override
  public void awaitBack() throws IOException, InterruptedException {
    if (fault.way() != Fault.Way.STOP) {
      awaitAnew();
    }
    awaitRoles();
  }

  /** Returns once every role is ready. */
  final void awaitRoles() throws IOException, InterruptedException {
    for (String kind : ROLES) {
      for (StackParts.Part role : stack.parts().of(kind)) {
        awaitReady(role.name());
      }
    }
  }

  private void awaitAnew() throws IOException, InterruptedException {
    for (StackParts.Part part : struck) {
      long deadline = System.nanoTime() + BACK.toNanos();
      long pid = part.pid();
      while (pid == part.pid() || pid == 0) {
        Thread.sleep(POLL_MILLIS);
        pid = stack.parts().named(part.name()).pid();
        if (System.nanoTime() - deadline > 0) {
          throw new DrillStuck(part.name() + " was not started again; see " + stack.log());
        }
      }
      if (!part.admin().isEmpty()) {
        awaitReady(part.name());
      }
    }
  }

  private void awaitReady(String name) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + BACK.toNanos();
    while (!stack.isReady(stack.parts().named(name))) {
      if (System.nanoTime() - deadline > 0) {
        throw new DrillStuck(name + " is not ready again; see its log in " + stack.folder());
      }
      Thread.sleep(POLL_MILLIS);
    }
  }

  @Override
  public String ended() {
    return stack.isAlive() ? "" : "the stack has ended by itself; its log is " + stack.log();
  }

  @Override
  public List<EventId> history(String prefix) throws IOException, SQLException {
    List<EventId> events = new ArrayList<>();
    try (Connection connection = database();
        PreparedStatement query =
            connection.prepareStatement(
                "SELECT device, event FROM log WHERE kind = 0 AND starts_with(device, ?) ORDER BY seq")) {
      query.setString(1, prefix);
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          events.add(new EventId(rows.getString(1), rows.getString(2)));
        }
      }
    }
    return events;
  }

  /** What the API says of a unit, or null where it knows none. */
  final @Nullable JsonNode unit(String id) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(start().http().resolve("/api/v1/devices/" + id))
            .timeout(ANSWER)
            .build();
    var answer = client.send(request, BodyHandlers.ofByteArray());
    return answer.statusCode() == 200 ? JSON.readTree(answer.body()) : null;
  }

  /** A connection to history. */
  final Connection database() throws IOException, SQLException {
    URI url = URI.create(stack.parts().named("postgres").url());
    String[] user = url.getUserInfo().split(":", 2);
    return DriverManager.getConnection(
        "jdbc:postgresql://" + url.getHost() + ":" + url.getPort() + url.getPath(),
        user[0],
        user[1]);
  }

  /** The stack goes on. */
  @Override
  public int stop() {
    return 0;
  }

  /** What is still stopped or held would stay so for the next fault. */
  @Override
  public void close() throws IOException {
    client.shutdownNow();
    if (stack.isAlive()) {
      release();
    }
  }
}
