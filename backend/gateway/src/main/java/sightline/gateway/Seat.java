package sightline.gateway;

/** A browser as the hub knows it: what it sees, and which of its subscriptions that is. Hub's. */
final class Seat {
  final LiveSession session;
  View view;
  int generation;
  boolean events;

  Seat(LiveSession session, View view) {
    this.session = session;
    this.view = view;
  }
}
