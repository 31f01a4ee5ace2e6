package sightline.gateway;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.netty.channel.Channel;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Connections that wait for a whole request, in the order in which they began to. Beyond a bound
 * the one that has waited for longest is closed, since who means it has asked long ago. Any thread.
 */
final class HalfOpen {
  static final int MOST = 2_048;
  static final int MOST_OF_AN_ADDRESS = 1_024;

  private final int most;
  private final int mostOfAnAddress;

  @GuardedBy("this")
  private final Map<Channel, String> waiting = new LinkedHashMap<>();

  @GuardedBy("this")
  private final Map<String, Set<Channel>> byAddress = new HashMap<>();

  HalfOpen(int most, int mostOfAnAddress) {
    this.most = most;
    this.mostOfAnAddress = mostOfAnAddress;
  }

  /**
   * One begins to wait.
   *
   * @param bounded whether its address stands for one client, and not for a proxy's many
   * @return the one to close for it, or null where there is room
   */
  synchronized @Nullable Channel begins(Channel channel, String address, boolean bounded) {
    ends(channel);
    waiting.put(channel, address);
    Set<Channel> theirs = byAddress.computeIfAbsent(address, any -> new LinkedHashSet<>());
    theirs.add(channel);
    Channel eldest = null;
    if (bounded && theirs.size() > mostOfAnAddress) {
      eldest = theirs.iterator().next();
    } else if (waiting.size() > most) {
      eldest = waiting.keySet().iterator().next();
    }
    if (eldest != null) {
      ends(eldest);
    }
    return eldest;
  }

  /** It has asked, or is gone. */
  synchronized void ends(Channel channel) {
    String address = waiting.remove(channel);
    Set<Channel> theirs = address == null ? null : byAddress.get(address);
    if (theirs != null) {
      theirs.remove(channel);
      if (theirs.isEmpty()) {
        byAddress.remove(address);
      }
    }
  }

  synchronized int size() {
    return waiting.size();
  }
}
