package sightline.gateway;

/**
 * What every connection needs. Immutable.
 *
 * @param names which hosts and origins are known
 * @param routes answers HTTP
 * @param upgrade turns a request into a WebSocket
 */
record Site(Names names, Routes routes, LiveUpgrade upgrade, GatewayMetrics metrics) {}
