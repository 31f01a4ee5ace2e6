package sightline.gateway;

/**
 * What every connection needs. Immutable.
 *
 * @param names which hosts and origins are known
 * @param routes answers HTTP
 * @param upgrade turns a request into a WebSocket
 * @param replays turns one into a look at the past
 */
record Site(
    Names names,
    Routes routes,
    LiveUpgrade upgrade,
    ReplayUpgrade replays,
    GatewayMetrics metrics) {}
