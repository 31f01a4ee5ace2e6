package sightline.device;

/**
 * What a device has done since it was built. Immutable, for any thread.
 *
 * @param online whether it is connected now
 * @param connects connections made
 * @param positionsSent positions written to the network as they were taken
 * @param positionsFromBacklog positions of the backlog that were answered as recorded
 * @param positionsWaiting positions in the backlog now
 * @param positionsShed oldest positions dropped because the backlog was full, or the disk
 * @param positionsRefused positions of the backlog that were refused for good
 * @param eventsAccepted events that {@link Device#send} kept
 * @param eventsPublished publishes of events, repeated ones too
 * @param eventsAcknowledged events answered as recorded
 * @param eventsRejected events refused for good
 * @param eventsWaiting events in the spool now
 */
public record DeviceStats(
    boolean online,
    long connects,
    long positionsSent,
    long positionsFromBacklog,
    int positionsWaiting,
    long positionsShed,
    long positionsRefused,
    long eventsAccepted,
    long eventsPublished,
    long eventsAcknowledged,
    long eventsRejected,
    int eventsWaiting) {}
