@NullMarked
package sightline.app;

import org.jspecify.annotations.NullMarked;
