package sightline.drill;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** What is done to Sightline. */
enum Fault {
  /** Kill -9 of the one process of `up` that has every role. */
  KILL_ALL("kill-all", Way.UP, ""),
  KILL_BROKER("kill-broker", Way.KILL, "mosquitto"),
  /** The active one, with a standby that takes over. */
  KILL_BRIDGE("kill-bridge", Way.KILL, "bridge"),
  KILL_REDIS("kill-redis", Way.KILL, "redis"),
  KILL_POSTGRES("kill-postgres", Way.KILL, "postgres"),
  KILL_GATEWAY("kill-gateway", Way.KILL, "gateway"),
  KILL_RECORDER("kill-recorder", Way.KILL, "recorder"),
  KILL_NGINX("kill-nginx", Way.KILL, "nginx"),
  /** The one that is not active, of which nobody should notice. */
  KILL_STANDBY("kill-standby", Way.KILL_STANDBY, "bridge"),
  KILL_EVERYTHING("kill-everything", Way.KILL_TOGETHER, ""),
  /** Redis loses all it has, and goes on. */
  REDIS_FLUSH("redis-flush", Way.FLUSH, "redis"),
  /** Every role stopped by SIGTERM and started again, one after the other; each is one move. */
  ROLL("roll", Way.ROLL, ""),
  STOP_BROKER("stop-broker", Way.STOP, "mosquitto"),
  /** The active one, which must find itself fenced when it goes on. */
  STOP_BRIDGE("stop-bridge", Way.STOP, "bridge"),
  STOP_REDIS("stop-redis", Way.STOP, "redis"),
  STOP_POSTGRES("stop-postgres", Way.STOP, "postgres"),
  STOP_GATEWAY("stop-gateway", Way.STOP, "gateway"),
  STOP_RECORDER("stop-recorder", Way.STOP, "recorder"),
  STOP_NGINX("stop-nginx", Way.STOP, "nginx"),
  /** With 120 browsers, and every connect counted. */
  STORM("storm", Way.STAGED, "mosquitto"),
  BROKER_AND_50("broker-and-50", Way.STAGED_ONCE, "mosquitto"),
  /** By SIGTERM, with 120 browsers. */
  RESTART_GATEWAY("restart-gateway", Way.STAGED, "gateway"),
  REDIS_EMPTY("redis-empty", Way.STAGED, "redis"),
  REDIS_OLD("redis-old", Way.STAGED, "redis"),
  /** 25,000 events that can't be recorded. */
  BACKLOG("backlog", Way.STAGED_ONCE, "postgres"),
  /** Each part asleep while no device sends. */
  IDLE("idle", Way.TRIAL, ""),
  /** 5 of 50 browsers stop reading. */
  SLOW_BROWSERS("slow-browsers", Way.TRIAL, ""),
  /** Five times the planned load. */
  OVERLOAD("overload", Way.TRIAL, ""),
  /** Late, one byte at a time, cut, and silent, between devices, browsers and the stack. */
  NETWORK("network", Way.TRIAL, ""),
  /** History on a small file system that fills up. */
  DISK_FULL("disk-full", Way.TRIAL, ""),
  /** 30 browsers that want to harm, beside 12 honest ones. */
  HOSTILE_BROWSERS("hostile-browsers", Way.TRIAL, ""),
  /** Payloads and topics that no parser expects. */
  RUBBISH_DEVICES("rubbish-devices", Way.TRIAL, ""),
  /** Retained rubbish that each starting bridge meets. */
  POISON_MESSAGE("poison-message", Way.TRIAL, ""),
  /** Two clients with one id. */
  SAME_ID("same-id", Way.TRIAL, ""),
  /** A fleet comes back with all positions of its absence, by the SDK and as stock devices. */
  RETURNING_FLEET("returning-fleet", Way.TRIAL, ""),
  BROKER_AWAY("broker-away", Way.AWAY, "mosquitto"),
  POSTGRES_AWAY("postgres-away", Way.AWAY, "postgres"),
  REDIS_AWAY("redis-away", Way.AWAY, "redis"),
  /** On a stack whose clocks can be stepped. */
  CLOCK_STEP("clock-step", Way.TRIAL, "");

  /** How it is done, how often at the most, and for how long what is struck is kept from coming. */
  enum Way {
    /** On `up`, where every role is one process. */
    UP(1_000),
    /** One part, by SIGKILL; its supervisor starts it again. */
    KILL(1_000),
    KILL_STANDBY(5),
    /** All parts at once. */
    KILL_TOGETHER(5),
    /** One part by SIGSTOP, and SIGCONT. */
    STOP(3),
    /** One part killed, and kept from being started. */
    AWAY(1),
    FLUSH(3),
    /** As many times as there are roles, whatever is asked for. */
    ROLL(5),
    /** In a class of its own, once. */
    TRIAL(1),
    /** One part, in a class of its own that sets the stage and looks closer. */
    STAGED(3),
    STAGED_ONCE(1);

    private final int most;

    Way(int most) {
      this.most = most;
    }
  }

  private static final Duration STOPPED = Duration.ofSeconds(30);

  private final String word;
  private final Way way;
  private final String part;

  Fault(String word, Way way, String part) {
    this.word = word;
    this.way = way;
    this.part = part;
  }

  /** Events a second, where nobody says another rate. */
  int rate() {
    return this == BACKLOG ? 500 : way == Way.UP ? 200 : 100;
  }

  /** That send them, where nobody says another number; each has at most 128 unanswered. */
  int devices() {
    return this == BACKLOG ? 250 : 40;
  }

  /** Watchers, where nobody says another number. */
  int browsers() {
    return this == STORM || this == RESTART_GATEWAY ? 120 : way == Way.UP ? 6 : 12;
  }

  /** Until every client has everything again. */
  Duration wholeWithin() {
    return switch (this) {
      case BROKER_AWAY, POSTGRES_AWAY, REDIS_AWAY, BACKLOG -> Duration.ofSeconds(60);
      // It first lets its browsers go, over five seconds, and only then ends and starts anew.
      case RESTART_GATEWAY, ROLL -> Duration.ofSeconds(30);
      case REDIS_EMPTY, REDIS_OLD, REDIS_FLUSH -> Duration.ofSeconds(5);
      default -> Duration.ofSeconds(10);
    };
  }

  /** Its name on the command line. */
  String word() {
    return word;
  }

  Way way() {
    return way;
  }

  /** With what the name of the part begins; empty where it is all of them. */
  String part() {
    return part;
  }

  /** How often it is done where kills are done so often. */
  int times(int kills) {
    return way == Way.ROLL ? way.most : Math.min(kills, way.most);
  }

  /**
   * How long it lasts.
   *
   * @param away how long a part is away
   */
  Duration holds(Duration away) {
    return switch (way) {
      case UP, KILL, KILL_STANDBY, KILL_TOGETHER, FLUSH, ROLL, STAGED, STAGED_ONCE, TRIAL ->
          Duration.ZERO;
      case STOP -> STOPPED.compareTo(away) < 0 ? STOPPED : away;
      case AWAY -> away;
    };
  }

  /** Whether it is done in less time than an event takes to be answered. */
  boolean isInstant() {
    return strikesAgain() || way == Way.KILL_STANDBY || way == Way.KILL_TOGETHER;
  }

  /** Whether it steps clocks, which takes a stack of its own. */
  boolean stepsClocks() {
    return this == CLOCK_STEP;
  }

  /** Whether it may come again before all is whole after the one before. */
  boolean strikesAgain() {
    return way == Way.UP || way == Way.KILL;
  }

  /** Whether the picture is live again while it lasts: another takes its part. */
  boolean isTakenOver() {
    return this == STOP_BRIDGE;
  }

  /** What `all` does: everything on the stack. */
  static List<Fault> onStack() {
    return Arrays.stream(values()).filter(fault -> fault.way != Way.UP).toList();
  }

  /**
   * The fault of a name.
   *
   * @throws IllegalArgumentException where there is none
   */
  static Fault of(String word) {
    for (Fault fault : values()) {
      if (fault.word.equals(word)) {
        return fault;
      }
    }
    throw new IllegalArgumentException(
        "the faults are: "
            + Arrays.stream(values()).map(Fault::word).collect(Collectors.joining(", "))
            + "; several with commas between; or all");
  }
}
