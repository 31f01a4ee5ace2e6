package sightline.drill;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;

/**
 * PostgreSQL kept away until so many events wait and every browser shows each of them as pending.
 * Owned by the thread that drills.
 */
final class EventBacklog extends StackSite {
  private static final Duration SENT_WITHIN = Duration.ofMinutes(5);
  private static final Duration SHOWN_WITHIN = Duration.ofSeconds(20);
  private static final long UNDER_WAY_MILLIS = 1_000;
  private static final long POLL_MILLIS = 500;

  private final int events;
  private final List<String> lines = new ArrayList<>();
  private final List<String> failures = new ArrayList<>();
  private Scene scene = new Scene(new Ledger(), List.of());

  EventBacklog(StackProcess stack, RandomGenerator random, int events) throws IOException {
    super(stack, Fault.BACKLOG, random);
    this.events = events;
  }

  @Override
  public void begin(Scene newScene) {
    scene = newScene;
    scene.browsers().forEach(Browser::keepPending);
  }

  @Override
  public void strike() throws IOException, InterruptedException {
    stack().hold(struck().name());
    super.strike();
  }

  @Override
  public boolean hold() throws InterruptedException {
    Ledger ledger = scene.ledger();
    // An answer that was on its way when PostgreSQL was killed is none of its absence.
    Thread.sleep(UNDER_WAY_MILLIS);
    int answered = ledger.acknowledgedCount();
    if (!reached(SENT_WITHIN, () -> ledger.waitingCount() >= events)) {
      failures.add("only " + ledger.waitingCount() + " events waited");
    }
    Set<EventId> waiting = ledger.waiting();
    boolean shown =
        reached(
            SHOWN_WITHIN,
            () -> scene.browsers().stream().allMatch(each -> each.lacks(waiting) == 0));
    int lacking = scene.browsers().stream().mapToInt(each -> each.lacks(waiting)).max().orElse(0);
    lines.add(
        "%d events waited with PostgreSQL away; answered meanwhile %d; the worst browser lacked %d"
            .formatted(waiting.size(), ledger.acknowledgedCount() - answered, lacking));
    if (!shown) {
      failures.add("a browser did not show " + lacking + " events as pending");
    }
    if (ledger.acknowledgedCount() > answered) {
      failures.add("events were answered that can't have been recorded");
    }
    return true;
  }

  private static boolean reached(Duration within, BooleanSupplier condition)
      throws InterruptedException {
    long deadline = System.nanoTime() + within.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - deadline > 0) {
        return false;
      }
      Thread.sleep(POLL_MILLIS);
    }
    return true;
  }

  @Override
  public void release() throws IOException {
    stack().release("postgres");
  }

  @Override
  public Observed observed() {
    return new Observed(lines, failures);
  }
}
