/** The bus on Redis: hot state in hashes, the recorder's stream, news by Pub/Sub, the lease. */
@NullMarked
package sightline.redis;

import org.jspecify.annotations.NullMarked;
