import { Connection } from './connection/driver';
import type { Socket, World } from './connection/driver';
import { askWhyRefused } from './connection/refusal';
import { ServerClock } from './connection/serverClock';
import { NumberedUnits } from './devices/numbered';
import { DeviceStore } from './devices/store';
import { acknowledge, readEvents } from './events/api';
import type { LogEntry } from './events/api';
import { EventFeed } from './events/feed';
import { BinaryReader } from './protocol/binary';
import type { Bbox, CellFields, ServerMessage, Sight } from './protocol/messages';
import { boundsOf, sameSight } from './sight';

const RECENT = 200;
const LOG_PAGE = 1_000;
const RETRY_MS = 10_000;
const DRAWN_EVERY_MS = 200;
const LOOK_EVERY_MS = 200;
/** A fleet of more units than this is followed by what the map shows, not whole. */
export const WHOLE_FLEET_UNITS = 10_000;

export interface LiveOptions {
  /** Whether events of before are read over HTTP; a room in the past gets its own by its socket. */
  readonly recent: boolean;
  readonly clock?: ServerClock;
}

/**
 * Everything live on the page, wired by hand: one connection feeds the units, the events and the
 * server's clock. Lives outside React, on the browser's one thread; `stop` undoes `start`.
 */
export class Live {
  readonly connection: Connection;
  readonly clock: ServerClock;
  readonly devices: DeviceStore;
  readonly feed = new EventFeed();
  /** Counts where units are too many to be told one by one; empty where they are not. */
  cells: readonly CellFields[] = [];
  /** Whether only what the map shows is known, and not the whole fleet. */
  narrowed = false;
  /** Why the server lets this page not connect, in words; null while it does, or does not say. */
  refusal: string | null = null;
  private readonly refusalObservers = new Set<() => void>();
  private entry = 'closed';
  private sight: Sight | null = null;
  private looked = { at: -Infinity, waiting: false };
  private undoLook: () => void = () => undefined;
  private readonly cellObservers = new Set<() => void>();
  private readonly numbered: NumberedUnits;
  private readonly reader = new BinaryReader();
  private recentLoaded = false;
  /** Where history goes on before the oldest event that was read; null at its beginning. */
  private olderCursor: string | null = null;
  private seen = true;
  private readonly undo: (() => void)[] = [];
  private drawn = { n: -1, sentAt: -Infinity, waiting: false };

  constructor(
    private readonly world: World,
    private readonly options: LiveOptions = { recent: true },
  ) {
    const monotonic = () => world.clock.now();
    this.connection = new Connection(world, (frame) => this.receiveBinary(frame));
    this.clock = options.clock ?? new ServerClock(monotonic);
    this.devices = new DeviceStore(monotonic);
    this.numbered = new NumberedUnits(this.devices);
  }

  /** Whether this is the room of another time. */
  get past(): boolean {
    return !this.options.recent;
  }

  start(): void {
    this.undo.push(
      this.connection.listen((message, receivedAt) => {
        this.receive(message, receivedAt);
      }),
      this.connection.observe(() => {
        this.entered(this.connection.current().phase);
      }),
    );
    this.connection.start();
  }

  stop(): void {
    this.connection.stop();
    this.undoLook();
    this.looked.waiting = false;
    for (const undo of this.undo.splice(0)) {
      undo();
    }
  }

  /**
   * What the map shows now, and units to follow wherever they are; call it as often as the map moves. A
   * small fleet is followed whole whatever the map shows; past {@link WHOLE_FLEET_UNITS} the server is
   * asked for this, a few times a second at most.
   */
  look(bbox: Bbox, zoom: number, pins: readonly string[] = []): void {
    const sight = { bbox: boundsOf(bbox), zoom, pins };
    if (this.sight && sameSight(this.sight, sight)) {
      return;
    }
    this.sight = sight;
    if (this.narrowed) {
      this.askForSight();
    }
  }

  /** Told when {@link cells} has changed. */
  onCells(observer: () => void): () => void {
    this.cellObservers.add(observer);
    return () => this.cellObservers.delete(observer);
  }

  /** Whether anyone can see the page; a hidden one needs no positions. */
  visible(visible: boolean): void {
    this.seen = visible;
    this.connection.send({ type: 'visible', visible });
  }

  /** Monotonic ms. */
  now(): number {
    return this.world.clock.now();
  }

  /** Runs something in `ms`, unless undone before. */
  after(ms: number, run: () => void): () => void {
    return this.world.clock.after(ms, run);
  }

  /** Acknowledges an event as the session's user; rejects with the server's reason. */
  async acknowledge(device: string, event: string, note = ''): Promise<void> {
    this.feed.acknowledged(await acknowledge(device, event, note));
  }

  /** Reads the page of history before what the feed has; whether there may be more of it. */
  async readOlder(): Promise<boolean> {
    if (this.olderCursor !== null) {
      const page = await readEvents({ limit: RECENT, cursor: this.olderCursor });
      this.feed.older(page.entries.flatMap((entry) => (entry.entry === 'event' ? [entry.event] : [])));
      this.olderCursor = page.next;
    }
    return this.olderCursor !== null;
  }

  /** Told when {@link refusal} has changed. */
  onRefusal(observer: () => void): () => void {
    this.refusalObservers.add(observer);
    return () => this.refusalObservers.delete(observer);
  }

  private entered(phase: string): void {
    const before = this.entry;
    this.entry = phase;
    if (phase === 'waiting' && before === 'connecting' && this.options.recent) {
      void askWhyRefused().then((why) => { this.refuse(why); });
    }
    if (phase === 'connecting') {
      this.numbered.connectionBegins();
    }
    if (phase !== 'live') {
      return;
    }
    this.refuse(null);
    this.loadRecentOnce();
    if (!this.seen) {
      this.visible(false);
    }
  }

  private refuse(why: string | null): void {
    // What was asked before the connection was made says nothing of it.
    const refusal = this.entry === 'live' ? null : why;
    if (refusal === this.refusal) return;
    this.refusal = refusal;
    for (const observer of this.refusalObservers) {
      observer();
    }
  }

  private receive(message: ServerMessage, receivedAt: number): void {
    switch (message.type) {
      case 'welcome':
      case 'heartbeat':
        this.clock.heard(message.time, receivedAt);
        return;
      case 'snapshot':
        this.devices.replace(message.devices, message.more);
        this.whole(message.more);
        return;
      case 'update':
        this.devices.update(message.devices);
        this.reportDrawn(message.n);
        return;
      case 'remove':
        this.devices.remove(message.devices);
        return;
      case 'pending':
        this.feed.pending(message.events);
        return;
      case 'events':
        this.feed.recorded(message.events);
        return;
      case 'unrecorded':
        this.feed.unrecorded(message.device, message.event, message.reason);
        return;
      case 'acknowledged':
        this.feed.acknowledged(message);
        return;
      case 'gap':
        void this.readGap(message.from, message.to);
        return;
      case 'error':
        console.warn(`the server refused a message: ${message.code} ${message.detail}`);
        // History was replaced: what it holds now may have been recorded while nobody told us.
        if (message.code === 'unknown-cursor' && this.options.recent) void this.loadRecent();
        return;
      case 'cells':
        this.counted(message.cells);
        return;
      case 'health':
      case 'reconnect':
        return; // the connection's
    }
  }

  /** A snapshot has come: a fleet that is too large to follow whole is followed by what the map shows. */
  private whole(more: boolean): void {
    if (!more && !this.narrowed && this.devices.size() > WHOLE_FLEET_UNITS) {
      this.narrowed = true;
      this.askForSight();
    }
  }

  private counted(cells: readonly CellFields[]): void {
    this.cells = cells;
    for (const observer of this.cellObservers) {
      observer();
    }
  }

  private askForSight(): void {
    if (this.looked.waiting) {
      return;
    }
    this.looked.waiting = true;
    const wait = Math.max(0, this.looked.at + LOOK_EVERY_MS - this.world.clock.now());
    this.undoLook = this.world.clock.after(wait, () => {
      this.looked = { at: this.world.clock.now(), waiting: false };
      if (this.sight) {
        this.connection.look(this.sight);
      }
    });
  }

  private receiveBinary(frame: ArrayBuffer): boolean {
    const message = this.reader.read(frame, this.numbered);
    if (message.type === 'update') this.reportDrawn(message.n);
    if (message.type !== 'snapshot') return false;
    this.whole(message.more);
    return !message.more;
  }

  /** Tells the server what has been drawn: after a frame, and a few times a second at most. */
  private reportDrawn(n: number): void {
    this.drawn.n = n;
    if (this.drawn.waiting) {
      return;
    }
    this.drawn.waiting = true;
    const wait = Math.max(0, this.drawn.sentAt + DRAWN_EVERY_MS - this.world.clock.now());
    this.world.clock.after(wait, () => {
      requestAnimationFrame(() => {
        this.drawn.waiting = false;
        this.drawn.sentAt = this.world.clock.now();
        this.connection.send({ type: 'drawn', n: this.drawn.n });
      });
    });
  }

  /**
   * The events of before this page was opened. Read again on a new connection for as long as the
   * server has given no cursor to resume from, so that none of between is missed.
   */
  private loadRecentOnce(): void {
    const state = this.connection.current();
    if (state.phase !== 'live') {
      return;
    }
    if (!this.options.recent) {
      return;
    }
    if (!this.recentLoaded || state.cursor === null) {
      void this.loadRecent();
    }
  }

  private async loadRecent(): Promise<void> {
    try {
      // Critical ones by themselves too: chatter must not push a standing alarm out of sight.
      const pages = await Promise.all([
        readEvents({ limit: RECENT }),
        readEvents({ limit: RECENT, severity: 'critical' }),
      ]);
      if (!this.recentLoaded) this.olderCursor = pages[0].next;
      this.recentLoaded = true;
      for (const page of pages) {
        this.take(page.entries, true);
      }
    } catch (error) {
      console.warn('recent events could not be read', error);
      this.world.clock.after(RETRY_MS, () => {
        this.loadRecentOnce();
      });
    }
  }

  private async readGap(from: string, to: string): Promise<void> {
    try {
      let cursor: string | null = from;
      while (cursor !== null && cursor !== to) {
        const page: Awaited<ReturnType<typeof readEvents>> = await readEvents({ limit: LOG_PAGE, cursor });
        this.take(page.entries, false);
        cursor = page.next;
      }
      this.connection.gapRead();
    } catch (error) {
      console.warn('missed events could not be read', error);
      this.world.clock.after(RETRY_MS, () => void this.readGap(from, to));
    }
  }

  private take(entries: readonly LogEntry[], fromHistory: boolean): void {
    this.feed.recorded(
      entries.flatMap((entry) => (entry.entry === 'event' ? [entry.event] : [])),
      fromHistory,
    );
    for (const entry of entries) {
      if (entry.entry === 'acknowledged') {
        this.feed.acknowledged(entry.mark);
      }
    }
  }
}

/** The browser's own socket, clock and dice. */
export function browserWorld(): World {
  return {
    openSocket,
    clock: {
      now: () => performance.now(),
      after: (ms, run) => {
        const timer = setTimeout(run, ms);
        return () => { clearTimeout(timer); };
      },
    },
    random: () => Math.random(),
  };
}

function openSocket(): Socket {
  return browserSocket('/live', ['sightline.v1.bin', 'sightline.v1.json']);
}

/** A WebSocket of this page's server, at a path with its query; the first protocol that the server speaks is taken. */
export function browserSocket(path: string, protocols: string[]): Socket {
  const webSocket = new WebSocket(new URL(path, location.href), protocols);
  webSocket.binaryType = 'arraybuffer';
  const socket: Socket = {
    onopen: null,
    onmessage: null,
    onclose: null,
    send: (text) => { webSocket.send(text); },
    close: () => { webSocket.close(); },
  };
  webSocket.onopen = () => socket.onopen?.();
  webSocket.onmessage = (event: MessageEvent<unknown>) => socket.onmessage?.(event);
  webSocket.onclose = (event) => socket.onclose?.(event);
  return socket;
}
