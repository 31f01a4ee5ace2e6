package sightline.app;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sightline.time.RoleClock;

/** Makes the one clock of a process, whose steps are logged and counted. */
final class Clocks {
  private static final Logger log = LoggerFactory.getLogger(Clocks.class);

  private Clocks() {}

  /** The machine's clocks. */
  static RoleClock system(MeterRegistry metrics) {
    RoleClock clock = RoleClock.system(Clocks::stepped);
    FunctionCounter.builder("sightline.clock.steps", clock, RoleClock::steps)
        .description("Steps of this machine's wall clock, of a second or more")
        .register(metrics);
    Gauge.builder("sightline.clock.stepped", clock, c -> c.steppedMillis() / 1e3)
        .baseUnit("seconds")
        .description("Sum of all steps of this machine's wall clock since the start")
        .strongReference(true)
        .register(metrics);
    return clock;
  }

  private static void stepped(long millis) {
    log.warn(
        "This machine's clock was stepped {} by {}",
        millis > 0 ? "forward" : "back",
        Duration.ofMillis(Math.abs(millis)));
  }
}
