package sightline.drill;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.random.RandomGenerator;

/** 30 hostile browsers at once beside 12 honest ones. Owned by the thread that drills. */
final class HostileBrowsers extends WatchedSite {
  private static final int HONEST = 12;
  private static final int HOSTILE = 30;
  private static final double MOST_OF_BEFORE = 1.2;
  private static final long MOST_GROWTH_MIB = 256;
  private static final long STARTED_MILLIS = 2_000;
  private static final List<String> KINDS = List.of("gateway", "bridge", "nginx");

  HostileBrowsers(StackProcess stack, Plan plan, RandomGenerator random) throws IOException {
    super(stack, plan, random, HONEST, "none", null);
  }

  @Override
  public void strike() throws IOException, InterruptedException {
    List<RawBrowser> honest = browsers();
    List<URI> gateways =
        stack().parts().of("gateway").stream().map(part -> URI.create(part.url())).toList();
    Processes processes = new Processes(stack(), KINDS);
    Steady steady = new Steady(honest, MOST_OF_BEFORE);
    Cost quiet = measured(steady);
    int ended = endings(honest);
    List<String> known = honest.getFirst().shown().newest().keySet().stream().sorted().toList();
    Cost beside;
    long grown;
    try (Hostile hostile = new Hostile(HOSTILE, gateways, client().sslContext(), known)) {
      beside = measured(steady);
      grown = processes.grown("gateway");
      notes.line("hostile: " + hostile.text());
      notes.require(hostile.allDid(), "a kind of hostile browser did nothing");
    }
    // Being made takes of the machine too: that is none of what the gateways owe.
    double made = Math.max(0, beside.ours() - quiet.ours());
    Cost control;
    try (Burner _ = Burner.start(made)) {
      Thread.sleep(STARTED_MILLIS);
      control = measured(steady);
    }
    notes.line(
        "p99 before all that: %d ms; making the load took %.2f cores, which another process took in the control"
            .formatted(quiet.ages().p99(), made));
    notes.line(
        "gateways: %.2f cores before, %.2f beside the hostile, %.2f in the control: %.3f of a core for each hostile browser"
            .formatted(
                quiet.gateways(),
                beside.gateways(),
                control.gateways(),
                (beside.gateways() - control.gateways()) / HOSTILE));
    steady.judge(
        "in the control",
        "beside " + HOSTILE + " hostile ones",
        control.ages(),
        beside.ages(),
        notes);
    processes.requireSame(notes);
    notes.line("the gateways grew by %d MiB meanwhile".formatted(grown));
    notes.require(
        grown <= MOST_GROWTH_MIB, "the gateways grew by more than " + MOST_GROWTH_MIB + " MiB");
    notes.require(endings(honest) == ended, "an honest browser lost its connection");
  }

  /**
   * What a few windows showed.
   *
   * @param gateways cores that they took
   * @param ours cores that this process took
   */
  private record Cost(Steady.Windows ages, double gateways, double ours) {}

  private Cost measured(Steady steady) throws IOException, InterruptedException {
    Processes processes = new Processes(stack(), KINDS);
    long self = ProcessHandle.current().pid();
    double ours = Processes.seconds(self);
    long from = System.nanoTime();
    Steady.Windows ages = steady.windows();
    double seconds = (System.nanoTime() - from) / 1e9;
    return new Cost(
        ages, processes.seconds("gateway") / seconds, (Processes.seconds(self) - ours) / seconds);
  }

  private static int endings(List<RawBrowser> browsers) {
    return browsers.stream().mapToInt(browser -> browser.endings().size()).sum();
  }
}
