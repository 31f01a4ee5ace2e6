package sightline.simulator;

/**
 * What a fleet has done since its start. Immutable, for any thread.
 *
 * @param units in the fleet
 * @param connected now
 * @param connects connections made, reconnects too
 * @param positionsSent positions written to the network as they were taken
 * @param positionsFromBacklog positions delivered later
 * @param positionsWaiting positions in backlogs now
 * @param positionsLost positions shed because a backlog was full
 * @param eventsAccepted events that the units keep, or kept until they were answered
 * @param eventsRefused events that no spool had room for
 * @param eventsAcknowledged events answered as recorded
 * @param eventsRejected events answered as refused for good
 * @param eventsWaiting events without an answer now
 * @param skippedMillis how long the fleet stood still because this machine was too slow for it
 */
public record FleetCounts(
    int units,
    int connected,
    long connects,
    long positionsSent,
    long positionsFromBacklog,
    long positionsWaiting,
    long positionsLost,
    long eventsAccepted,
    long eventsRefused,
    long eventsAcknowledged,
    long eventsRejected,
    long eventsWaiting,
    long skippedMillis) {}
