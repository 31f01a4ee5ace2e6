package sightline.drill;

import java.io.IOException;
import java.util.SplittableRandom;

/** Which class does which fault of the production path. Stateless. */
final class Sites {
  private Sites() {}

  /**
   * How much of something, beside the plan.
   *
   * @param events that wait in a backlog
   * @param returning units of a fleet that comes back
   * @param positions that each of those has
   */
  record Sizes(int events, int returning, int positions) {}

  /** The stack, ready for one fault. */
  static Site of(StackProcess stack, Plan plan, Sizes sizes) throws IOException {
    return of(stack, plan, sizes, Length.WHOLE);
  }

  /** The same; some faults have a short form. */
  static Site of(StackProcess stack, Plan plan, Sizes sizes, Length length) throws IOException {
    SplittableRandom random = new SplittableRandom(plan.seed() + 3);
    return switch (plan.fault()) {
      case STORM -> new Storm(stack, random);
      case BROKER_AND_50 -> new BrokerAndDevices(stack, random);
      case RESTART_GATEWAY -> new GatewayRestart(stack, random);
      case REDIS_EMPTY -> new RedisRestart(stack, random, false);
      case REDIS_OLD -> new RedisRestart(stack, random, true);
      case BACKLOG -> new EventBacklog(stack, random, sizes.events());
      case IDLE -> new IdleStops(stack, plan, random);
      case SLOW_BROWSERS -> new SlowBrowsers(stack, plan, random);
      case OVERLOAD -> new Overload(stack, plan, random);
      case NETWORK -> new BadNetwork(stack, plan, random);
      case DISK_FULL -> new DiskFull(stack, plan, random);
      case HOSTILE_BROWSERS -> new HostileBrowsers(stack, plan, random);
      case RUBBISH_DEVICES -> new RubbishDevices(stack, plan, random, length);
      case POISON_MESSAGE -> new PoisonMessage(stack, plan, random, length);
      case SAME_ID -> new SameId(stack, plan, random, length);
      case RETURNING_FLEET ->
          new FleetReturn(stack, plan, random, sizes.returning(), sizes.positions());
      case CLOCK_STEP -> new ClockStep(stack, plan, random);
      case BROKER_AWAY -> new BrokerAway(stack, plan, random);
      default -> new StackSite(stack, plan.fault(), random);
    };
  }
}
