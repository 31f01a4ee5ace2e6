/** The drill: kills Sightline under load, and counts what became of every event. */
@NullMarked
package sightline.drill;

import org.jspecify.annotations.NullMarked;
