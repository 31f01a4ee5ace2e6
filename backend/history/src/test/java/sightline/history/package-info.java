/** What every store of history must keep to, and the stores here that are held to it. */
@NullMarked
package sightline.history;

import org.jspecify.annotations.NullMarked;
