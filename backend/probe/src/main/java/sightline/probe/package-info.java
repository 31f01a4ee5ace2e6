/** Measures the whole path, from a device's publish to a browser, while it is in use. */
@NullMarked
package sightline.probe;

import org.jspecify.annotations.NullMarked;
