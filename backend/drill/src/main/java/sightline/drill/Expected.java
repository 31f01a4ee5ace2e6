package sightline.drill;

import java.time.Duration;

/**
 * How long a fault takes on a quiet machine of two cores, from what was measured. Stateless; only
 * the printed remaining time comes from it.
 */
final class Expected {
  /** To connect, and to look for every event at the end. */
  private static final int AROUND_SECONDS = 10;

  private Expected() {}

  static Duration of(Plan plan) {
    Duration each = plan.holds().plusSeconds(eachSeconds(plan.fault()));
    return each.multipliedBy(plan.kills()).plusSeconds(AROUND_SECONDS);
  }

  /** Until all is whole again and the next one comes, beside the time that it lasts. */
  private static int eachSeconds(Fault fault) {
    return switch (fault.way()) {
      case UP -> 6;
      case KILL -> killSeconds(fault);
      case KILL_STANDBY -> 9;
      case KILL_TOGETHER -> 20;
      case STOP, FLUSH -> 6;
      case AWAY -> 25;
      case ROLL -> 12;
      case TRIAL -> 50;
      case STAGED, STAGED_ONCE -> ownSeconds(fault);
    };
  }

  private static int ownSeconds(Fault fault) {
    return switch (fault) {
      case BACKLOG -> 100;
      case BROKER_AND_50 -> 50;
      case STORM, RESTART_GATEWAY -> 12;
      default -> 7;
    };
  }

  private static int killSeconds(Fault fault) {
    return switch (fault.part()) {
      case "redis", "postgres" -> 3;
      case "mosquitto", "bridge" -> 7;
      default -> 5;
    };
  }
}
