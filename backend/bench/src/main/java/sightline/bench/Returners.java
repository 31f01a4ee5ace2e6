package sightline.bench;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * Many clients of one gateway, and how they came back to the system when it went. Owned by the
 * generator's thread.
 */
final class Returners {
  private static final int MOST_CONNECTING = 64;
  private static final int CLIENTS_AN_ADDRESS = 1_000;

  private final Loop loop;
  private final InetSocketAddress first;
  private final InetSocketAddress later;
  private final RandomGenerator random = RandomGenerator.getDefault();
  private final List<Returner> clients = new ArrayList<>();
  private final int wanted;
  private final long[] arrivedNanos;
  private boolean returning;
  private int here;
  private int arrivals;
  private int lost;
  private int tries;
  private int warned;
  private int postponed;
  private final Map<String, Integer> refusals = new TreeMap<>();

  /**
   * @param first where they connect at first
   * @param later where they come back to
   */
  Returners(Loop loop, int wanted, InetSocketAddress first, InetSocketAddress later) {
    this.loop = loop;
    this.wanted = wanted;
    this.first = first;
    this.later = later;
    arrivedNanos = new long[wanted];
  }

  /** Lets some more come for the first time. */
  void openMore() {
    while (clients.size() < wanted && clients.size() - here < MOST_CONNECTING) {
      Returner client = new Returner(clients.size(), this);
      clients.add(client);
      client.open();
    }
  }

  boolean allHere() {
    return here == wanted;
  }

  int here() {
    return here;
  }

  /** The gateway is about to go: what comes from now on is counted. */
  void begin() {
    returning = true;
    arrivals = 0;
    tries = 0;
    refusals.clear();
  }

  /** Whether all that were lost are back, and some were. */
  boolean allBack() {
    return lost > 0 && here == wanted;
  }

  void leave() {
    clients.forEach(Returner::leave);
  }

  /** How it went, from that moment on. */
  Came came(long sinceNanos) {
    long[] times = Arrays.copyOf(arrivedNanos, Math.min(arrivals, wanted));
    Arrays.sort(times);
    return new Came(
        wanted,
        lost,
        warned,
        postponed,
        Map.copyOf(refusals),
        tries,
        seconds(times, 0.5, sinceNanos),
        seconds(times, 0.99, sinceNanos),
        seconds(times, 1, sinceNanos),
        here == wanted);
  }

  private static double seconds(long[] sorted, double share, long since) {
    if (sorted.length == 0) {
      return Double.NaN;
    }
    int at = Math.max(0, (int) Math.ceil(sorted.length * share) - 1);
    return (sorted[at] - since) / 1e9;
  }

  /**
   * What became of them.
   *
   * @param lost that lost their connection
   * @param warned that had been told when to come back before it was closed
   * @param postponed times that one who came back was told to come later
   * @param refused how often the answer was none of a WebSocket, by its first line
   * @param tries to connect
   * @param half s until half of the lost were back; NaN where none was
   * @param most s until 99 of 100 were
   * @param last s until the last one that came back was
   * @param all whether that were all
   */
  record Came(
      int clients,
      int lost,
      int warned,
      int postponed,
      Map<String, Integer> refused,
      int tries,
      double half,
      double most,
      double last,
      boolean all) {
    Came {
      refused = Map.copyOf(refused);
    }
  }

  /** One tries to connect; a thousand share an address, since Nginx bounds what comes from one. */
  ChannelFuture connect(int client, ChannelHandler visit) {
    tries++;
    InetSocketAddress from =
        new InetSocketAddress("127.0.1." + (1 + client / CLIENTS_AN_ADDRESS), 0);
    return loop.connectFrom(from, returning ? later : first, visit);
  }

  byte[] request() {
    InetSocketAddress to = returning ? later : first;
    return Handshake.request(to.getHostString() + ":" + to.getPort(), "/live", Protocol.json);
  }

  void later(Runnable task, long millis) {
    loop.later(task, millis, TimeUnit.MILLISECONDS);
  }

  double random() {
    return random.nextDouble();
  }

  void arrived(long nanos) {
    here++;
    if (returning && arrivals < wanted) {
      arrivedNanos[arrivals++] = nanos;
    }
  }

  void lost() {
    here--;
    lost++;
  }

  /** One was told when to come back, while it was here or when it came. */
  void told(boolean wasHere) {
    if (wasHere) {
      warned++;
    } else {
      postponed++;
    }
  }

  /** The answer was none of a WebSocket. */
  void refused(String statusLine) {
    refusals.merge(statusLine, 1, Integer::sum);
  }
}
