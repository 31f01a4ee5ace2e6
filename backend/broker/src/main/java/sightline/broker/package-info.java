/** The MQTT broker inside the process, for a start without any server beside it. */
@NullMarked
package sightline.broker;

import org.jspecify.annotations.NullMarked;
