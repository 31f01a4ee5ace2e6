package sightline.stack;

/**
 * What a stack is made of. Immutable.
 *
 * @param gateways how many
 * @param bridges how many, of which one is active
 * @param simulated units of a simulated fleet, 0: none
 * @param plain whether the broker has a loopback listener without TLS too
 */
record StackPlan(int gateways, int bridges, int simulated, boolean plain) {}
