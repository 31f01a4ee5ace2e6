package sightline.bench;

import io.netty.channel.ChannelFuture;
import java.net.SocketAddress;
import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;

/**
 * One round of the churn: opens visitors one after another, and once enough are open at once, lets
 * the oldest go for each that comes. Owned by the generator's thread.
 */
final class Visits {
  private static final int MOST_CONNECTING = 64;

  private final Loop loop;
  private final SocketAddress address;
  private final byte[] request;
  private final int wanted;
  private final int openAtOnce;
  private final ArrayDeque<Visitor> staying = new ArrayDeque<>();
  private final Set<Visitor> present = new LinkedHashSet<>();
  private int started;
  private int opened;
  private int failed;
  private int connecting;
  private int mostOpen;

  Visits(Loop loop, SocketAddress address, byte[] request, int wanted, int openAtOnce) {
    this.loop = loop;
    this.address = address;
    this.request = request;
    this.wanted = wanted;
    this.openAtOnce = openAtOnce;
  }

  /** Opens a few more, unless all have come. */
  void openMore() {
    while (started < wanted && connecting < MOST_CONNECTING) {
      Visitor visitor = new Visitor(Manner.of(started++), request, this);
      connecting++;
      ChannelFuture connected = loop.connect(address, null, visitor);
      connected.addListener(
          done -> {
            if (!done.isSuccess()) {
              connecting--;
              failed++;
            }
          });
      present.add(visitor);
    }
  }

  void opened(Visitor visitor) {
    connecting--;
    opened++;
    mostOpen = Math.max(mostOpen, present.size() - connecting);
    if (visitor.manner().leaves()) {
      staying.add(visitor);
    }
    while (present.size() - connecting > openAtOnce && !staying.isEmpty()) {
      staying.remove().leave();
    }
  }

  void gone(Visitor visitor) {
    present.remove(visitor);
  }

  boolean allCame() {
    return started == wanted && connecting == 0;
  }

  /** Lets everyone go who goes by itself. */
  void leave() {
    while (!staying.isEmpty()) {
      staying.remove().leave();
    }
  }

  /** Drops whoever is still there, and says how many that were. */
  int dropRest() {
    int rest = present.size();
    for (Visitor visitor : Set.copyOf(present)) {
      visitor.reset();
    }
    return rest;
  }

  int mostOpen() {
    return mostOpen;
  }

  int present() {
    return present.size();
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT, "%,d came, %,d open at once, %,d failed", opened, mostOpen, failed);
  }
}
