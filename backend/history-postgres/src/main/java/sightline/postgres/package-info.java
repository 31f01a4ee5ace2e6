/**
 * History's ports on PostgreSQL 15 to 17. Only the program's wiring sees it; everybody else uses
 * {@link sightline.history.EventLog} and {@link sightline.history.PositionStore}.
 */
@NullMarked
package sightline.postgres;

import org.jspecify.annotations.NullMarked;
