import type { ClientMessage, ServerMessage, Sight } from '../protocol/messages';
import { ProtocolError } from '../protocol/fields';
import { parseServerMessage } from '../protocol/parse';
import { INITIAL, deadlineOf, step, subscription } from './machine';
import type { ConnectionState, Effect, Input } from './machine';

/** The part of a WebSocket that the connection uses. */
export interface Socket {
  onopen: (() => void) | null;
  onmessage: ((event: { readonly data: unknown }) => void) | null;
  onclose: ((event: { readonly code: number }) => void) | null;
  send(text: string): void;
  close(): void;
}

/** Monotonic time in ms, and timers on it. */
export interface Clock {
  now(): number;
  after(ms: number, run: () => void): () => void;
}

export interface World {
  readonly openSocket: () => Socket;
  readonly clock: Clock;
  readonly random: () => number;
}

/** Takes a binary message; says whether a snapshot has come whole with it. */
export type BinaryListener = (frame: ArrayBuffer) => boolean;
export type MessageListener = (message: ServerMessage, receivedAt: number) => void;

/**
 * Carries out what the state machine decides: opens and closes the socket, keeps its one timer, and
 * passes each parsed message on. Lives on the browser's one thread; React only observes it.
 */
export class Connection {
  private state: ConnectionState = INITIAL;
  private shown: ConnectionState = INITIAL;
  private socket: Socket | null = null;
  private open = false;
  private timer: { readonly due: number; readonly cancel: () => void } | null = null;
  private readonly observers = new Set<() => void>();
  private readonly listeners = new Set<MessageListener>();
  /** Messages that could not be parsed, by what was wrong; the connection goes on. */
  readonly refused = new Map<string, number>();

  constructor(
    private readonly world: World,
    private readonly binary: BinaryListener = () => false,
  ) {}

  /** The state as of the last change that anyone shows; a new object only then. */
  current(): ConnectionState {
    return this.shown;
  }

  observe(observer: () => void): () => void {
    this.observers.add(observer);
    return () => this.observers.delete(observer);
  }

  listen(listener: MessageListener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  start(): void {
    this.take({ type: 'start' });
  }

  stop(): void {
    this.take({ type: 'stop' });
  }

  /** The missing entries of the last gap have been read. */
  gapRead(): void {
    this.take({ type: 'gap-read' });
  }

  /** From now on, and on every later connection, only what a map shows. */
  look(sight: Sight): void {
    this.take({ type: 'look', sight });
    this.send(subscription(this.state));
  }

  /** Sends when the socket is open; otherwise the message has lost its meaning, and is dropped. */
  send(message: ClientMessage): void {
    if (this.open) {
      this.socket?.send(JSON.stringify(message));
    }
  }

  private take(input: Input): void {
    const before = this.state;
    const moment = { now: this.world.clock.now(), random: this.world.random() };
    const next = step(before, input, moment);
    this.state = next.state;
    for (const effect of next.effects) {
      this.carryOut(effect);
    }
    if (next.state.phase === 'waiting' || next.state.phase === 'closed') {
      this.dropSocket();
    }
    this.schedule();
    if (changedForOthers(before, next.state)) {
      this.shown = next.state;
      for (const observer of this.observers) {
        observer();
      }
    }
  }

  private carryOut(effect: Effect): void {
    switch (effect.type) {
      case 'open':
        this.openSocket();
        break;
      case 'close':
        this.dropSocket();
        break;
      case 'send':
        this.socket?.send(JSON.stringify(effect.message));
        break;
    }
  }

  private openSocket(): void {
    this.dropSocket();
    const socket = this.world.openSocket();
    this.socket = socket;
    socket.onopen = () => {
      this.open = true;
      this.take({ type: 'opened' });
    };
    socket.onmessage = ({ data }) => {
      this.receive(data);
    };
    socket.onclose = ({ code }) => {
      this.take({ type: 'lost', code });
    };
  }

  private dropSocket(): void {
    const socket = this.socket;
    this.open = false;
    if (socket) {
      this.socket = null;
      socket.onopen = socket.onmessage = socket.onclose = null;
      socket.close();
    }
  }

  private receive(data: unknown): void {
    try {
      if (typeof data === 'string') {
        this.receiveText(data);
      } else {
        this.take({ type: 'binary', picture: this.binary(data as ArrayBuffer) });
      }
    } catch (error) {
      if (!(error instanceof ProtocolError)) throw error;
      this.refused.set(error.message, (this.refused.get(error.message) ?? 0) + 1);
    }
  }

  private receiveText(text: string): void {
    const message = parseServerMessage(text);
    const receivedAt = this.world.clock.now();
    for (const listener of this.listeners) {
      listener(message, receivedAt);
    }
    this.take({ type: 'message', message });
  }

  /** A timer that is due sooner than needed stays: it then finds nothing to do, and is set anew. */
  private schedule(): void {
    const due = deadlineOf(this.state);
    if (due !== null && this.timer && this.timer.due <= due) {
      return;
    }
    this.timer?.cancel();
    this.timer = null;
    if (due !== null) {
      const cancel = this.world.clock.after(Math.max(0, due - this.world.clock.now()), () => {
        this.timer = null;
        this.take({ type: 'timer' });
      });
      this.timer = { due, cancel };
    }
  }
}

/** Frames that only prove life change nothing that anyone shows. */
function changedForOthers(before: ConnectionState, after: ConnectionState): boolean {
  if (before.phase !== after.phase) {
    return true;
  }
  if (before.phase === 'stale' && after.phase === 'stale') {
    return before.reason !== after.reason;
  }
  const healthOf = (state: ConnectionState) => ('health' in state ? state.health : null);
  return healthOf(before)?.reason !== healthOf(after)?.reason;
}
