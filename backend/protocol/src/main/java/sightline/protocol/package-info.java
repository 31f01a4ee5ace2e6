/** Topics, payloads and messages: everything that crosses a wire, and no I/O. */
@NullMarked
package sightline.protocol;

import org.jspecify.annotations.NullMarked;
