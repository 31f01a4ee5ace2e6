package sightline.gateway;

import io.netty.channel.group.ChannelGroup;

/**
 * What every connection needs. Immutable.
 *
 * @param names which hosts and origins are known
 * @param origins says which pages were refused
 * @param addresses where clients come from
 * @param halfOpen connections that have not asked for anything yet
 * @param routes answers HTTP
 * @param people who may ask
 * @param upgrade turns a request into a WebSocket
 * @param replays turns one into a look at the past
 * @param answers how much of answers may be unread
 * @param http connections that speak HTTP, until they are WebSockets
 */
record Site(
    Names names,
    Origins origins,
    Addresses addresses,
    HalfOpen halfOpen,
    Routes routes,
    People people,
    LiveUpgrade upgrade,
    ReplayUpgrade replays,
    AnswersInFlight answers,
    ChannelGroup http,
    GatewayMetrics metrics) {}
