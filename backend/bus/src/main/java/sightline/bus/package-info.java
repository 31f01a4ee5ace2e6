/** Ports of the bus, with their order and failure rules, and the bus inside one process. */
@NullMarked
package sightline.bus;

import org.jspecify.annotations.NullMarked;
