/**
 * The production path on one machine: real servers with the shipped configuration and every role a
 * process, supervised. Begin with {@link sightline.stack.Stack}.
 */
@NullMarked
package sightline.stack;

import org.jspecify.annotations.NullMarked;
