/** Where an MQTT broker is, and by which certificates its clients know it and are known. */
@NullMarked
package sightline.mqtt;

import org.jspecify.annotations.NullMarked;
