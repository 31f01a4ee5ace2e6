package sightline.drill;

import java.io.IOException;
import java.util.SplittableRandom;

/** Which file does which fault of the production path. Stateless. */
final class Sites {
  private Sites() {}

  static Site of(StackProcess stack, Plan plan) throws IOException {
    return new StackSite(stack, plan.fault(), new SplittableRandom(plan.seed() + 3));
  }
}
