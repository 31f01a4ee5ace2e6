/**
 * Why a WebSocket was closed, and whether the page comes back by itself. The same list as the
 * server's (docs/protocol.md); both are tested against wire-samples/close-codes.json.
 */
export interface CloseCode {
  readonly code: number;
  readonly reason: string;
  readonly reconnect: boolean;
  /** What a dispatcher reads when the page doesn't come back. */
  readonly meaning: string;
}

export const CLOSE_CODES: readonly CloseCode[] = [
  { code: 1000, reason: 'closed', reconnect: false, meaning: 'it was closed' },
  { code: 1001, reason: 'shutdown', reconnect: true, meaning: 'the server is restarting' },
  { code: 1002, reason: 'protocol-error', reconnect: false, meaning: 'a frame broke the protocol' },
  { code: 1003, reason: 'unsupported', reconnect: false, meaning: 'it does not speak this page’s protocol' },
  { code: 1007, reason: 'invalid-text', reconnect: false, meaning: 'it received text that is not UTF-8' },
  { code: 1009, reason: 'too-large', reconnect: false, meaning: 'it received too large a message' },
  { code: 1011, reason: 'internal', reconnect: true, meaning: 'it failed inside' },
  { code: 4001, reason: 'busy', reconnect: true, meaning: 'it is busy' },
  { code: 4002, reason: 'not-reading', reconnect: true, meaning: 'this page did not read' },
  { code: 4003, reason: 'silent', reconnect: true, meaning: 'this page was silent' },
  { code: 4400, reason: 'bad-messages', reconnect: false, meaning: 'it did not understand this page; reload it' },
  { code: 4401, reason: 'signed-out', reconnect: false, meaning: 'you are signed out' },
  { code: 4403, reason: 'forbidden', reconnect: false, meaning: 'you may not see this' },
];

/** Nobody is signed in, or not any more. */
export const SIGNED_OUT = 4401;

/** A code that isn't in the list is the network's, a proxy's or a newer server's: come back. */
export function comesBack(code: number): boolean {
  return CLOSE_CODES.find((known) => known.code === code)?.reconnect ?? true;
}

export function meaningOf(code: number): string {
  return CLOSE_CODES.find((known) => known.code === code)?.meaning ?? `code ${String(code)}`;
}
