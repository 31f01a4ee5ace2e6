package sightline.drill;

import java.io.IOException;
import java.util.SplittableRandom;

/** Which class does which fault of the production path. Stateless. */
final class Sites {
  private Sites() {}

  /**
   * The stack, ready for one fault.
   *
   * @param events that wait in a backlog
   */
  static Site of(StackProcess stack, Plan plan, int events) throws IOException {
    SplittableRandom random = new SplittableRandom(plan.seed() + 3);
    return switch (plan.fault()) {
      case STORM -> new Storm(stack, random);
      case BROKER_AND_50 -> new BrokerAndDevices(stack, random);
      case RESTART_GATEWAY -> new GatewayRestart(stack, random);
      case REDIS_EMPTY -> new RedisRestart(stack, random, false);
      case REDIS_OLD -> new RedisRestart(stack, random, true);
      case BACKLOG -> new EventBacklog(stack, random, events);
      case IDLE -> new IdleStops(stack, plan, random);
      case SLOW_BROWSERS -> new SlowBrowsers(stack, plan, random);
      case OVERLOAD -> new Overload(stack, plan, random);
      case NETWORK -> new BadNetwork(stack, plan, random);
      case DISK_FULL -> new DiskFull(stack, plan, random);
      default -> new StackSite(stack, plan.fault(), random);
    };
  }
}
