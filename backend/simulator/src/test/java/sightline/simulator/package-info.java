@NullMarked
package sightline.simulator;

import org.jspecify.annotations.NullMarked;
