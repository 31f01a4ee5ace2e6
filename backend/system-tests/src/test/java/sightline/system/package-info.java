/** Everything real, together: whole processes, stock clients, and input that nobody should send. */
@NullMarked
package sightline.system;

import org.jspecify.annotations.NullMarked;
