/** Programs that break the promise on purpose; the drill must find each. */
@NullMarked
package sightline.drill.mutants;

import org.jspecify.annotations.NullMarked;
