package sightline.drill;

import java.io.IOException;
import java.util.SplittableRandom;

/** Which file does which fault of the production path. Stateless. */
final class Sites {
  private Sites() {}

  static Site of(StackProcess stack, Plan plan) throws IOException {
    SplittableRandom random = new SplittableRandom(plan.seed() + 3);
    return switch (plan.fault()) {
      case IDLE -> new IdleStops(stack, plan, random);
      case SLOW_BROWSERS -> new SlowBrowsers(stack, plan, random);
      case OVERLOAD -> new Overload(stack, plan, random);
      case NETWORK -> new BadNetwork(stack, plan, random);
      case DISK_FULL -> new DiskFull(stack, plan, random);
      default -> new StackSite(stack, plan.fault(), random);
    };
  }
}
