package sightline.drill;

/**
 * What a trial found. Immutable.
 *
 * @param broken how often the promise was broken
 * @param text the figures
 */
record Finding(long broken, String text) {}
