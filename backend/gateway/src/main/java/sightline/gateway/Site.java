package sightline.gateway;

/**
 * What every connection needs. Immutable.
 *
 * @param names which hosts and origins are known
 * @param routes answers HTTP
 * @param people who may ask
 * @param upgrade turns a request into a WebSocket
 * @param replays turns one into a look at the past
 */
record Site(
    Names names,
    Routes routes,
    People people,
    LiveUpgrade upgrade,
    ReplayUpgrade replays,
    GatewayMetrics metrics) {}
