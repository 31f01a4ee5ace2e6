package sightline.gateway;

/**
 * Another gateway of the same path, as it was last heard. Immutable.
 *
 * @param name its {@code gateway.server-name}
 * @param clients its WebSockets
 * @param silentMillis since it was heard
 */
public record OtherGateway(String name, int clients, long silentMillis) {}
