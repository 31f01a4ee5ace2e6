/** Ports of history (the event log, positions), their stores, and the recorder. */
@NullMarked
package sightline.history;

import org.jspecify.annotations.NullMarked;
