package sightline.drill;

import java.util.List;

/**
 * One place where every acknowledged event must be exactly once; immutable.
 *
 * @param name `events.db`, `api` or a browser
 * @param recorded what it holds, in its order
 */
record Witness(String name, List<EventId> recorded) {}
