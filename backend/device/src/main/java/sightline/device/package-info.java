/** What runs on a field device: positions, status and events to the broker, and no event lost. */
@NullMarked
package sightline.device;

import org.jspecify.annotations.NullMarked;
