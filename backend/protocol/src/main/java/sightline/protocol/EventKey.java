package sightline.protocol;

/**
 * What makes an event the same one: its device and its id there. Immutable.
 *
 * @param device the device's id
 * @param event the event's id, unique for its device
 */
public record EventKey(String device, String event) {}
