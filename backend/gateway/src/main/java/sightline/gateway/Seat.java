package sightline.gateway;

/** A browser as the hub knows it: what it sees, and which of its subscriptions that is. Hub's. */
final class Seat {
  final LiveSession session;
  Place place;
  int generation;
  boolean events;

  Seat(LiveSession session, Place place) {
    this.session = session;
    this.place = place;
  }
}
