package sightline.gateway;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which values of {@code Host} are served and which values of {@code Origin} may open {@code /live}
 * and write: loopback names with any port, and those that the settings name. Immutable.
 */
final class Names {
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  private final List<String> hosts;
  private final List<String> origins;

  Names(List<String> hosts, List<String> origins) {
    this.hosts = hosts.stream().map(host -> host.toLowerCase(Locale.ROOT)).toList();
    this.origins = origins.stream().map(origin -> origin.toLowerCase(Locale.ROOT)).toList();
  }

  boolean serves(@Nullable String host) {
    if (host == null) {
      return false;
    }
    String wanted = host.toLowerCase(Locale.ROOT);
    String name = withoutPort(wanted);
    return name != null
        && (LOOPBACK.contains(name) || hosts.contains(name) || hosts.contains(wanted));
  }

  /** Whether a page from there may talk to us; a client that is no browser names no origin. */
  boolean trusts(@Nullable String origin) {
    if (origin == null) {
      return true;
    }
    String wanted = origin.toLowerCase(Locale.ROOT);
    if (origins.contains(wanted)) {
      return true;
    }
    try {
      URI uri = new URI(wanted);
      String host = uri.getHost();
      boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      boolean bare = uri.getRawPath() == null || uri.getRawPath().isEmpty();
      return web && bare && host != null && uri.getRawUserInfo() == null && LOOPBACK.contains(host);
    } catch (URISyntaxException e) {
      return false;
    }
  }

  /** Whether a page that was loaded under this {@code Host} may talk to us. */
  boolean trustsPagesOf(@Nullable String host) {
    return host != null && (trusts("https://" + host) || trusts("http://" + host));
  }

  /** The name in front of an optional port, or null where it is neither. */
  private static @Nullable String withoutPort(String host) {
    int colon = host.lastIndexOf(':');
    if (colon < 0 || host.endsWith("]")) {
      return host;
    }
    String port = host.substring(colon + 1);
    boolean digits = port.length() <= 5 && port.chars().allMatch(c -> c >= '0' && c <= '9');
    return digits ? host.substring(0, colon) : null;
  }
}
