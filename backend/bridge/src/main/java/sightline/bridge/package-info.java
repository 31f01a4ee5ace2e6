/**
 * MQTT to bus: validate, order, conflate, queue with backpressure; commit events; mirror the fleet.
 */
@NullMarked
package sightline.bridge;

import org.jspecify.annotations.NullMarked;
