import type { Socket, World } from '../connection/driver';

/** A socket that a test plays the server of. */
export class FakeSocket implements Socket {
  onopen: (() => void) | null = null;
  onmessage: ((event: { readonly data: unknown }) => void) | null = null;
  onclose: ((event: { readonly code: number }) => void) | null = null;
  readonly sent: unknown[] = [];
  closed = false;
  private opened = false;

  opens(): void {
    this.opened = true;
    this.onopen?.();
  }

  /** As in a browser, sending before the socket is open is an error. */
  send(text: string): void {
    if (!this.opened) throw new Error('Still in CONNECTING state');
    this.sent.push(JSON.parse(text));
  }

  close(): void {
    this.closed = true;
  }

  /** A binary message, given in hex. */
  packs(hex: string): void {
    const bytes = Uint8Array.from(hex.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16));
    this.onmessage?.({ data: bytes.buffer });
  }

  says(message: unknown): void {
    this.onmessage?.({ data: JSON.stringify(message) });
  }
}

/** A world for tests: time passes when told to, dice fall as told, sockets are kept. */
export class FakeWorld implements World {
  readonly sockets: FakeSocket[] = [];
  time = 0;
  dice = 0.5;
  private timers: { at: number; run: () => void }[] = [];

  readonly clock = {
    now: () => this.time,
    after: (ms: number, run: () => void) => {
      const timer = { at: this.time + ms, run };
      this.timers.push(timer);
      return () => {
        this.timers = this.timers.filter((other) => other !== timer);
      };
    },
  };

  readonly openSocket = (): Socket => {
    const socket = new FakeSocket();
    this.sockets.push(socket);
    return socket;
  };

  readonly random = () => this.dice;

  get socket(): FakeSocket {
    const last = this.sockets.at(-1);
    if (!last) throw new Error('no socket was opened');
    return last;
  }

  get timersSet(): number {
    return this.timers.length;
  }

  /** Lets time pass, timers firing in order at their moments. */
  pass(ms: number): void {
    const until = this.time + ms;
    for (;;) {
      const next = this.timers.filter((timer) => timer.at <= until).sort((a, b) => a.at - b.at).at(0);
      if (!next) break;
      this.timers = this.timers.filter((timer) => timer !== next);
      this.time = Math.max(this.time, next.at);
      next.run();
    }
    this.time = until;
  }

  /** Opens the last socket and gives it an empty snapshot. */
  goLive(devices: unknown[] = []): void {
    this.socket.opens();
    this.socket.says({ type: 'snapshot', devices, more: false });
  }
}
