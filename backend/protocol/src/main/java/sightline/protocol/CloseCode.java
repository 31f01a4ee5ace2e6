package sightline.protocol;

/**
 * Why the server closes a WebSocket, and whether the client is to come back; the page's list is
 * tested against {@code wire-samples/close-codes.json}, which is tested against this one.
 */
public enum CloseCode {
  /** A planned close that either side asked for. */
  NORMAL(1000, false, "closed"),
  /** The server stops; come back when `reconnect` said. */
  SHUTDOWN(1001, true, "shutdown"),
  /** The client broke the WebSocket protocol. */
  PROTOCOL_ERROR(1002, false, "protocol-error"),
  /** A binary frame, where client messages are text. */
  UNSUPPORTED(1003, false, "unsupported"),
  /** Text that is not UTF-8. */
  INVALID_TEXT(1007, false, "invalid-text"),
  /** A message over the size limit. */
  TOO_LARGE(1009, false, "too-large"),
  /** A defect of the server. */
  INTERNAL(1011, true, "internal"),
  /** Refused for load; come back when `reconnect` said. */
  BUSY(4001, true, "busy"),
  /** Nothing was read from it for too long, while there was something to send. */
  NOT_READING(4002, true, "not-reading"),
  /** It stayed silent to pings. */
  SILENT(4003, true, "silent"),
  /** Too many messages that are not understood. */
  BAD_MESSAGES(4400, false, "bad-messages"),
  /** Its session ended or was never there: sign in. */
  SIGNED_OUT(4401, false, "signed-out"),
  /** It may not be here. */
  FORBIDDEN(4403, false, "forbidden");

  private final int code;
  private final boolean reconnect;
  private final String reason;

  CloseCode(int code, boolean reconnect, String reason) {
    this.code = code;
    this.reconnect = reconnect;
    this.reason = reason;
  }

  /** The number in the close frame. */
  public int code() {
    return code;
  }

  /** Whether a client comes back by itself. */
  public boolean reconnect() {
    return reconnect;
  }

  /** The reason text in the close frame. */
  public String reason() {
    return reason;
  }
}
