@NullMarked
package sightline.probe;

import org.jspecify.annotations.NullMarked;
