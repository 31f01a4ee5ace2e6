package sightline.broker;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.netty.channel.Channel;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Connections that have not said their whole CONNECT yet. With one too many, of its address or in
 * all, the oldest is ended: who is honest says it within milliseconds. Any thread.
 */
final class Handshakes {
  private final Bounds bounds;

  @GuardedBy("this")
  private final LinkedHashSet<Channel> all = new LinkedHashSet<>();

  @GuardedBy("this")
  private final Map<String, LinkedHashSet<Channel>> byAddress = new HashMap<>();

  /**
   * What connections may take before they are clients.
   *
   * @param within a CONNECT is there whole
   * @param connectBytes of a CONNECT
   * @param anAddress at once
   * @param inAll at once
   */
  record Bounds(Duration within, int connectBytes, int anAddress, int inAll) {
    /** A will's payload has 16 KiB at most; a whole fleet may come at once, by one proxy. */
    static final Bounds DEFAULT = new Bounds(Duration.ofSeconds(10), 32 * 1024, 1_024, 2_048);
  }

  Handshakes(Bounds bounds) {
    this.bounds = bounds;
  }

  Bounds bounds() {
    return bounds;
  }

  /** Takes one in; gives the one that must go for it. */
  synchronized @Nullable Channel begin(Channel channel) {
    LinkedHashSet<Channel> same =
        byAddress.computeIfAbsent(address(channel), _ -> new LinkedHashSet<>());
    same.add(channel);
    all.add(channel);
    Channel oldest = null;
    if (same.size() > bounds.anAddress) {
      oldest = same.getFirst();
    } else if (all.size() > bounds.inAll) {
      oldest = all.getFirst();
    }
    if (oldest != null) {
      end(oldest);
    }
    return oldest;
  }

  /** It is a client now, or gone. */
  synchronized void end(Channel channel) {
    if (all.remove(channel)) {
      String address = address(channel);
      LinkedHashSet<Channel> same = byAddress.get(address);
      if (same != null) {
        same.remove(channel);
        if (same.isEmpty()) {
          byAddress.remove(address);
        }
      }
    }
  }

  /** How many there are. */
  synchronized int count() {
    return all.size();
  }

  /** Where it comes from, without the port. */
  static String address(Channel channel) {
    return channel.remoteAddress() instanceof InetSocketAddress from && from.getAddress() != null
        ? from.getAddress().getHostAddress()
        : "an unknown address";
  }
}
