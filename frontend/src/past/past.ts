import type { Socket, World } from '../connection/driver';
import { ServerClock } from '../connection/serverClock';
import { Live } from '../live';

export const SPEEDS = [1, 2, 5, 10, 30, 60] as const;
export type Speed = (typeof SPEEDS)[number];

/** The moment that the room is shown at; times are the server's epoch ms. */
export interface PastState {
  readonly time: number;
  readonly from: number;
  readonly to: number;
  readonly speed: number;
  readonly playing: boolean;
  readonly ended: boolean;
}

/** What the server says of itself between the messages of `/live`. */
type Told = PastState & { readonly type: 'replay' };

/** Opens `/replay`; the query says from when and how fast. */
export type OpenReplay = (query: string) => Socket;

/** The server's time of the past: it runs at the replay's speed, and stands while that is paused. */
export class PastClock extends ServerClock {
  private told = { time: Number.NaN, at: 0, speed: 0 };

  constructor(private readonly steady: () => number) {
    super(steady);
  }

  tell(time: number, speed: number): void {
    this.told = { time, at: this.steady(), speed };
  }

  override heard(): void {
    // The server's present has no part in the past.
  }

  override now(): number | null {
    const { time, at, speed } = this.told;
    return Number.isNaN(time) ? null : time + (this.steady() - at) * speed;
  }
}

/**
 * The whole room at another time: a second socket with the messages of `/live`, into a room of its own,
 * while the live one goes on beside it. Lives on the browser's one thread from `start` to `stop`.
 */
export class Past {
  readonly room: Live;
  private readonly clock: PastClock;
  private current: PastState;
  private socket: Socket | null = null;
  private readonly observers = new Set<() => void>();
  /** Counts jumps in time: what was drawn of before has no meaning after one. */
  jumps = 0;

  constructor(
    world: World,
    private readonly openReplay: OpenReplay,
    from: number,
    to: number,
    speed: Speed,
  ) {
    this.current = { time: from, from, to, speed, playing: true, ended: false };
    this.clock = new PastClock(() => world.clock.now());
    this.room = new Live({ ...world, openSocket: () => this.open() }, { clock: this.clock, recent: false });
  }

  start(): void {
    this.room.start();
  }

  stop(): void {
    this.room.stop();
  }

  state(): PastState {
    return this.current;
  }

  observe(observer: () => void): () => void {
    this.observers.add(observer);
    return () => this.observers.delete(observer);
  }

  play(playing: boolean): void {
    this.send({ type: playing ? 'play' : 'pause' });
    this.become({ ...this.current, playing });
  }

  /** Epoch ms; the nearest moment that there is. */
  seek(time: number): void {
    const within = Math.min(this.current.to, Math.max(this.current.from, time));
    this.jumps++;
    this.room.feed.clear();
    this.send({ type: 'seek', time: Math.round(within) });
    this.become({ ...this.current, time: within, ended: false });
  }

  speed(speed: Speed): void {
    this.send({ type: 'speed', speed });
    this.become({ ...this.current, speed });
  }

  /** A socket as the live room wants one; what only `/live` knows is not sent, what only this has is taken out. */
  private open(): Socket {
    const { from, to, speed } = this.current;
    const query = new URLSearchParams({ from: String(Math.round(from)), to: String(Math.round(to)), speed: String(speed) });
    const socket = this.openReplay(query.toString());
    const room: Socket = {
      onopen: null,
      onmessage: null,
      onclose: null,
      send: () => undefined,
      close: () => {
        this.socket = null;
        socket.close();
      },
    };
    socket.onopen = () => {
      this.socket = socket;
      room.onopen?.();
      // As of now: the hand may have moved while the socket was opening.
      if (this.current.time > from) this.send({ type: 'seek', time: Math.round(this.current.time) });
      if (!this.current.playing) this.send({ type: 'pause' });
    };
    socket.onmessage = ({ data }) => {
      const told = toldBy(data);
      if (told) this.told(told);
      room.onmessage?.({ data: told ? JSON.stringify({ type: 'heartbeat', time: told.time }) : data });
    };
    socket.onclose = (event) => room.onclose?.(event);
    return room;
  }

  private told({ time, from, to, speed, playing, ended }: Told): void {
    this.clock.tell(time, playing && !ended ? speed : 0);
    this.become({ time, from, to, speed, playing, ended });
  }

  private send(message: object): void {
    this.socket?.send(JSON.stringify(message));
  }

  private become(state: PastState): void {
    this.current = state;
    for (const observer of this.observers) {
      observer();
    }
  }
}

function toldBy(data: unknown): Told | null {
  if (typeof data !== 'string' || !data.startsWith('{"type":"replay"')) {
    return null;
  }
  const fields = JSON.parse(data) as Told;
  return Number.isFinite(fields.time) && Number.isFinite(fields.speed) ? fields : null;
}
