package sightline.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * What connections and devices cost the first of a system's processes in memory, by what it holds
 * after full collections. Belongs to the bench's main thread.
 */
final class Memory implements AutoCloseable {
  private static final long OPEN_NANOS = TimeUnit.SECONDS.toNanos(180);
  private static final long SETTLE_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** A recorder writes every 30 s; until then it holds the positions. */
  private static final long RECORDED_NANOS = TimeUnit.SECONDS.toNanos(35);

  private static final int COLLECTIONS = 3;
  private static final int FLEET = 600;

  /** One position of the small fleet every 100 ms, so that every connection has been written to. */
  private static final long SLOW_NANOS = FLEET * TimeUnit.MILLISECONDS.toNanos(100);

  private final Target target;
  private final Progress progress;
  private final Loop loop = new Loop();
  private final Faults faults = new Faults();
  private final RemoteJvm jvm;

  Memory(Target target, Progress progress) throws IOException {
    this.target = target;
    this.progress = progress;
    if (target.pids().isEmpty()) {
      throw new IOException("memory needs the process's --pid");
    }
    jvm = new RemoteJvm(target.pids().getFirst());
  }

  Faults faults() {
    return faults;
  }

  /** So many connections: idle, then each watching a whole fleet of 600 that moves slowly. */
  String connections(int count, Protocol protocol) throws TimeoutException {
    Load load = load(FLEET, count, protocol);
    Fleet fleet = fleet(FLEET);
    known(fleet, FLEET, FLEET * TimeUnit.MILLISECONDS.toNanos(5));
    Holdings before = holdings(fleet);
    String rows = connected("idle connection", new Idle(target, protocol), load, fleet, before);
    rows += connected("whole-fleet connection", target, load, fleet, before);
    fleet.close();
    return rows;
  }

  private String connected(String what, Target to, Load load, Fleet fleet, Holdings before)
      throws TimeoutException {
    progress.phase(load.browsers() + " times " + what);
    Crowd crowd = new Crowd(loop, to, load, 0, faults, fleet::sendDue);
    loop.await(crowd::ready, crowd::openMore, System.nanoTime() + OPEN_NANOS, what);
    drive(fleet, SETTLE_NANOS);
    Holdings with = holdings(fleet);
    crowd.leave();
    drive(fleet, SETTLE_NANOS);
    crowd.close();
    drive(fleet, SETTLE_NANOS);
    return row(what, load.browsers(), before, with);
  }

  /** So many devices, each of which has published once. */
  String devices(int count) throws TimeoutException {
    progress.phase(count + " devices");
    Fleet fleet = fleet(count);
    Holdings before = holdings(fleet);
    long interval = count * TimeUnit.MICROSECONDS.toNanos(200);
    Schedule schedule = known(fleet, count, interval);
    drive(fleet, RECORDED_NANOS);
    Holdings with = holdings(fleet);
    int seen = seen(schedule, fleet, count);
    fleet.close();
    if (seen < count) {
      faults.add("only " + seen + " of " + count + " devices are known");
    }
    return row("device", count, before, with);
  }

  /** How many devices a newcomer is told. */
  private int seen(Schedule schedule, Fleet fleet, int count) throws TimeoutException {
    Load load = load(count, 1, Protocol.json);
    Window window = new Window(System.nanoTime(), Long.MAX_VALUE / 2, Long.MAX_VALUE / 2);
    Answers answers = new Answers(schedule, load.sampled(), (b, d, all, last) -> false, window);
    Crowd crowd = new Crowd(loop, target, load, 0, faults, fleet::sendDue);
    crowd.follow(answers, new Audit(schedule, faults));
    loop.await(crowd::ready, crowd::openMore, System.nanoTime() + OPEN_NANOS, "a browser");
    drive(fleet, SECOND_NANOS);
    crowd.leave();
    crowd.close();
    return (int) Math.round(answers.deliveredPerSecond() * window.seconds());
  }

  private static Load load(int devices, int browsers, Protocol protocol) {
    return new Load(
        devices, 1, browsers, protocol, View.all, 1, Duration.ZERO, Duration.ofSeconds(2));
  }

  private Fleet fleet(int count) throws TimeoutException {
    Fleet fleet =
        new Fleet(loop, target.devices(), count, target.wire(count), target.tls(), faults);
    loop.await(
        () -> fleet.ready() || !faults.none(),
        fleet::openMore,
        System.nanoTime() + OPEN_NANOS,
        "devices");
    return fleet;
  }

  /** Each device publishes once within that time, and again a slow interval later. */
  private Schedule known(Fleet fleet, int count, long withinNanos) {
    long now = System.nanoTime();
    Schedule once = new Schedule(count, withinNanos, now, System.currentTimeMillis());
    fleet.follow(once, new Window(now, now + withinNanos, now + withinNanos));
    drive(fleet, withinNanos + SECOND_NANOS);
    long then = System.nanoTime();
    if (count == FLEET) {
      Schedule slow = new Schedule(count, SLOW_NANOS, then, System.currentTimeMillis());
      fleet.follow(slow, new Window(then, Long.MAX_VALUE / 2, Long.MAX_VALUE / 2));
      return slow;
    }
    return once;
  }

  private Holdings holdings(Fleet fleet) {
    for (int collection = 0; collection < COLLECTIONS; collection++) {
      jvm.collect();
      drive(fleet, SECOND_NANOS);
    }
    return jvm.holdings();
  }

  private void drive(Fleet fleet, long nanos) {
    loop.drive(fleet, System.nanoTime() + nanos, progress, target.name());
  }

  static String head() {
    return String.format(
        Locale.ROOT,
        "%-24s %8s %18s %14s %14s%n",
        "KiB for each",
        "count",
        "heap and direct",
        "heap",
        "resident");
  }

  private static String row(String what, int count, Holdings before, Holdings with) {
    double heap = (with.heapBytes() - before.heapBytes()) / 1_024.0 / count;
    double direct = (with.directBytes() - before.directBytes()) / 1_024.0 / count;
    double resident = (with.residentBytes() - before.residentBytes()) / 1_024.0 / count;
    return String.format(
        Locale.ROOT,
        "%-24s %8d %18.2f %14.2f %14.2f%n",
        what,
        count,
        heap + direct,
        heap,
        resident);
  }

  @Override
  public void close() throws IOException {
    loop.close();
    jvm.close();
  }

  /** The same system, to browsers that ask for nothing. */
  private record Idle(Target of, Protocol spoken) implements Target {
    @Override
    public String name() {
      return of.name();
    }

    @Override
    public InetSocketAddress devices() {
      return of.devices();
    }

    @Override
    public InetSocketAddress live() {
      return of.live();
    }

    @Override
    public String livePath() {
      return of.livePath();
    }

    @Override
    public List<Long> pids() {
      return of.pids();
    }

    @Override
    public @Nullable Tls tls() {
      return of.tls();
    }

    @Override
    public Wire wire(int count) {
      return of.wire(count);
    }

    @Override
    public Dialect dialect(Protocol asked) {
      return new IdleDialect(spoken);
    }
  }
}
