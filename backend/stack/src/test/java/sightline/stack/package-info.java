/** The production path, started as it is shipped. */
@NullMarked
package sightline.stack;

import org.jspecify.annotations.NullMarked;
