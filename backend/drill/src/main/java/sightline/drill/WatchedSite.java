package sightline.drill;

import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The production path under a fault that strikes no part by itself, watched by browsers, half of
 * them at each gateway, and maybe with units that move beside it. Owned by the thread that drills.
 */
abstract class WatchedSite extends StackSite {
  /** What the fault shows. */
  final Notes notes = new Notes();

  private final int watchers;
  private final String events;
  private final @Nullable MovingUnits moving;
  private @Nullable Crowd crowd;

  /**
   * Nobody watches yet.
   *
   * @param watchers how many browsers
   * @param events the beginning of the ids of those whose events they keep
   * @param moving units that move from the beginning to the end, or null
   */
  WatchedSite(
      StackProcess stack,
      Plan plan,
      RandomGenerator random,
      int watchers,
      String events,
      @Nullable MovingUnits moving)
      throws IOException {
    super(stack, plan.fault(), random);
    this.watchers = watchers;
    this.events = events;
    this.moving = moving;
  }

  @Override
  public void begin(Scene scene) throws IOException, InterruptedException {
    crowd =
        Crowd.half(
            start().live(), client().sslContext(), stack().parts().of("gateway"), watchers, events);
    crowd.awaitPictures();
    if (moving != null) {
      moving.start(start().mqtt());
    }
  }

  /** The browsers that watch, from {@link #begin} on. */
  final List<RawBrowser> browsers() {
    return Objects.requireNonNull(crowd).all();
  }

  /** Whether somebody watches. */
  final boolean begun() {
    return crowd != null;
  }

  /** The units that move. */
  final MovingUnits moving() {
    return Objects.requireNonNull(moving);
  }

  @Override
  public void aim() {
    // It comes to all.
  }

  @Override
  public void release() throws IOException {
    // It is over by itself.
  }

  @Override
  public void awaitBack() throws IOException, InterruptedException {
    // Nothing was away.
  }

  @Override
  public Observed observed() {
    return notes.observed();
  }

  @Override
  public void close() throws IOException {
    if (moving != null) {
      moving.close();
    }
    if (crowd != null) {
      crowd.close();
    }
    super.close();
  }
}
