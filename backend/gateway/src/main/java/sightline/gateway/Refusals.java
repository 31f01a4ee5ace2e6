package sightline.gateway;

import sightline.protocol.ServerMessage;

/** What a browser is told when it asks for something that can't be. Immutable. */
final class Refusals {
  static final ServerMessage.Problem UNKNOWN_CURSOR =
      new ServerMessage.Problem(
          "unknown-cursor", "the log has no such entry; events are told from now on");

  private Refusals() {}

  static ServerMessage.Problem badMessage(String detail) {
    return new ServerMessage.Problem("bad-message", detail);
  }
}
