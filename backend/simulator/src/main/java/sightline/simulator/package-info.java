/** A seeded fleet of device SDKs on the real streets of the demonstration country. */
@NullMarked
package sightline.simulator;

import org.jspecify.annotations.NullMarked;
