/** The program: its commands, and the roles wired by hand. */
@NullMarked
package sightline.app;

import org.jspecify.annotations.NullMarked;
