/** What every bus must keep to, and the bus here that is held to it. */
@NullMarked
package sightline.bus;

import org.jspecify.annotations.NullMarked;
