package sightline.gateway;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import sightline.protocol.StateRule;

/**
 * The settings of a gateway, validated. Immutable.
 *
 * @param bind the address to listen on
 * @param port the TCP port, 0 for any free one
 * @param serverName what {@code welcome} calls this gateway
 * @param page the folder with the built page; it may be missing
 * @param allowedHosts values of {@code Host} that are served, {@code name} (any port) or {@code
 *     name:port}; loopback names always are
 * @param allowedOrigins values of {@code Origin} that may open {@code /live} and write, {@code
 *     https://name[:port]}; loopback names always may
 * @param trustedProxies addresses of proxies whose {@code X-Forwarded-For} is believed; all others
 *     are themselves
 * @param eventLoops threads that write to browsers, 0 for half the cores
 * @param warmUp at most this long is spent on warming up before {@code /readyz} says yes
 * @param live the WebSocket
 * @param http everything else on the port
 * @param admission how many may come at once
 * @param replay looking back
 * @param state when a device is stale or moving
 * @param stateByKind the same, for kinds that differ
 */
public record GatewaySettings(
    String bind,
    int port,
    String serverName,
    Path page,
    List<String> allowedHosts,
    List<String> allowedOrigins,
    List<String> trustedProxies,
    int eventLoops,
    Duration warmUp,
    LiveSettings live,
    HttpSettings http,
    AdmissionSettings admission,
    ReplaySettings replay,
    StateRule state,
    Map<String, StateRule> stateByKind) {

  /** Loopback alone, port 8080. */
  public static final GatewaySettings DEFAULT =
      new GatewaySettings(
          "127.0.0.1",
          8080,
          "gateway-1",
          Path.of("page"),
          List.of(),
          List.of(),
          List.of(),
          0,
          Duration.ofSeconds(2),
          LiveSettings.DEFAULT,
          HttpSettings.DEFAULT,
          AdmissionSettings.DEFAULT,
          ReplaySettings.DEFAULT,
          StateRule.DEFAULT,
          Map.of());

  /** Checks ranges and copies the collections. */
  public GatewaySettings {
    Check.range("port", port, 0, 65_535);
    Check.range("event-loops", eventLoops, 0, 64);
    Check.range("warm-up", warmUp, Duration.ZERO, Duration.ofSeconds(30));
    if (serverName.isBlank() || serverName.length() > 64) {
      throw new IllegalArgumentException("server-name must have 1 to 64 characters");
    }
    allowedHosts = List.copyOf(allowedHosts);
    allowedOrigins = List.copyOf(allowedOrigins);
    trustedProxies = List.copyOf(trustedProxies);
    stateByKind = Map.copyOf(stateByKind);
  }

  /** The same on another port. */
  public GatewaySettings withPort(int newPort) {
    return copy(newPort, page, warmUp, live, http, admission, replay);
  }

  /** The same with another folder for the page. */
  public GatewaySettings withPage(Path newPage) {
    return copy(port, newPage, warmUp, live, http, admission, replay);
  }

  /** The same with other settings for the WebSocket, HTTP, admission and the warm-up. */
  public GatewaySettings with(
      LiveSettings newLive,
      HttpSettings newHttp,
      AdmissionSettings newAdmission,
      Duration newWarmUp) {
    return copy(port, page, newWarmUp, newLive, newHttp, newAdmission, replay);
  }

  /** The same with other settings for looking back. */
  public GatewaySettings with(ReplaySettings newReplay) {
    return copy(port, page, warmUp, live, http, admission, newReplay);
  }

  private GatewaySettings copy(
      int newPort,
      Path newPage,
      Duration newWarmUp,
      LiveSettings newLive,
      HttpSettings newHttp,
      AdmissionSettings newAdmission,
      ReplaySettings newReplay) {
    return new GatewaySettings(
        bind,
        newPort,
        serverName,
        newPage,
        allowedHosts,
        allowedOrigins,
        trustedProxies,
        eventLoops,
        newWarmUp,
        newLive,
        newHttp,
        newAdmission,
        newReplay,
        state,
        stateByKind);
  }

  /** The rule for a kind of device. */
  StateRule rule(@Nullable String kind) {
    return kind == null ? state : stateByKind.getOrDefault(kind, state);
  }

  /** How many event loops there are to be on a machine with so many cores. */
  int loops(int cores) {
    return eventLoops > 0 ? eventLoops : Math.clamp(cores / 2, 1, 8);
  }
}
