package sightline.stack;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** `sightline stack`: the whole production path, until Ctrl-C. */
@Command(name = "stack", description = "the production path on this machine")
final class StackCommand implements Callable<Integer> {
  @Option(names = "--gateways", paramLabel = "N", description = "1 to 16")
  private int gateways = 2;

  @Option(names = "--bridges", paramLabel = "N", description = "1 to 4")
  private int bridges = 2;

  @Option(names = "--simulate", paramLabel = "N", description = "units on real streets")
  private int simulate;

  @Option(names = "--plain", description = "a loopback listener without TLS too")
  private boolean plain;

  @Option(names = "--dir", paramLabel = "DIR", description = "where everything is kept")
  private @Nullable Path dir;

  @Option(
      names = "--step-clocks",
      description =
          "each part's wall clock is off by the seconds in DIR/clock/NAME, by libfaketime")
  private boolean stepClocks;

  @Option(
      names = "--rehearse",
      paramLabel = "FILE",
      description =
          "start the roles once, for the JVM to write there what makes later starts faster")
  private @Nullable Path rehearse;

  @Override
  public Integer call() throws InterruptedException {
    between("--gateways", gateways, 1, 16);
    between("--bridges", bridges, 1, 4);
    between("--simulate", simulate, 0, 20_000);
    Path root = Path.of(System.getProperty("sightline.root", ".")).toAbsolutePath().normalize();
    Path chosen = dir == null ? root.resolve("build/stack") : dir.toAbsolutePath().normalize();
    Stack stack = new Stack(plan(), Layout.make(root, chosen));
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(stack), "stop"));
    stack.start();
    if (rehearse == null) {
      new CountDownLatch(1).await();
    }
    return 0;
  }

  private StackPlan plan() {
    StackPlan plan = StackPlan.of(gateways, bridges, simulate, plain);
    return rehearse == null
        ? stepClocks ? plan.withStepClocks() : plan
        : StackPlan.rehearsing(rehearse.toAbsolutePath());
  }

  /** Ctrl-C and SIGTERM end here. */
  private static void stop(Stack stack) {
    System.err.println("Stopping …");
    stack.close();
    Runtime.getRuntime().halt(stack.failed() ? 1 : 0);
  }

  private static void between(String option, int value, int least, int most) {
    if (value < least || value > most) {
      throw new StackFailed(option + " takes " + least + " to " + most + ", not " + value + ".");
    }
  }
}
