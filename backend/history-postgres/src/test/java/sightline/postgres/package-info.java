/** PostgreSQL held to history's contracts, on a server that is started for the tests. */
@NullMarked
package sightline.postgres;

import org.jspecify.annotations.NullMarked;
