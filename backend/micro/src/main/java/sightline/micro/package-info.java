/**
 * Codec and hub by themselves, method by method, to find regressions. Benchmarks of what a package
 * keeps to itself live in a package of that name.
 */
@NullMarked
package sightline.micro;

import org.jspecify.annotations.NullMarked;
