/** The one clock of a role. */
@NullMarked
package sightline.time;

import org.jspecify.annotations.NullMarked;
