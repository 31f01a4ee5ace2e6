/** The measure: a fleet and its browsers in one process, off one clock, beside a floor. */
@NullMarked
package sightline.bench;

import org.jspecify.annotations.NullMarked;
