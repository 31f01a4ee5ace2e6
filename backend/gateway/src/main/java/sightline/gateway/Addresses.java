package sightline.gateway;

import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpHeaders;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/**
 * Where a client comes from, so that what one address asks for is bounded: its socket's address, or
 * behind a proxy that the settings trust the last one of {@code X-Forwarded-For}. Immutable.
 */
final class Addresses {
  private static final int LONGEST = 45;
  private static final int NETWORK_BYTES = 8;

  private final Set<String> proxies;

  Addresses(List<String> proxies) {
    this.proxies = Set.copyOf(proxies);
  }

  /** The socket's own. */
  String socket(Channel channel) {
    return address(channel.remoteAddress());
  }

  boolean isProxy(String address) {
    return proxies.contains(address);
  }

  String of(Channel channel, HttpHeaders headers) {
    String own = address(channel.remoteAddress());
    if (!proxies.contains(own)) {
      return own;
    }
    String all = headers.get("X-Forwarded-For");
    if (all == null) {
      return own;
    }
    String last = all.substring(all.lastIndexOf(',') + 1).strip();
    try {
      return last.length() > LONGEST ? own : text(InetAddress.ofLiteral(last));
    } catch (IllegalArgumentException e) {
      return own;
    }
  }

  /** Of IPv6 the network: who has one has all of its addresses. */
  private static String address(SocketAddress remote) {
    if (!(remote instanceof InetSocketAddress internet)) {
      return "local";
    }
    InetAddress address = internet.getAddress();
    return address == null ? "unresolved" : text(address);
  }

  private static String text(InetAddress address) {
    if (address instanceof Inet6Address six && !six.isLoopbackAddress()) {
      return HexFormat.of().formatHex(Arrays.copyOf(six.getAddress(), NETWORK_BYTES));
    }
    return address.getHostAddress();
  }
}
