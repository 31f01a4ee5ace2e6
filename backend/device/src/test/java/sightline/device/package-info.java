@NullMarked
package sightline.device;

import org.jspecify.annotations.NullMarked;
