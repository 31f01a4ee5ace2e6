package sightline.drill;

import java.util.List;

/**
 * Who takes part in a drill, for a fault that needs to know more of them. Immutable; each part is
 * for any thread.
 *
 * @param ledger of every event
 * @param browsers that watch
 */
record Scene(Ledger ledger, List<Browser> browsers) {
  Scene {
    browsers = List.copyOf(browsers);
  }
}
