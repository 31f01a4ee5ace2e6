import type { Acknowledgement, EventFields } from '../protocol/messages';

/** How many entries the page keeps, and how many alarms besides; older ones are in history. */
const KEPT = 1_000;

export type Recording = 'pending' | 'recorded' | { readonly unrecorded: string };

export interface FeedEntry extends EventFields {
  /** (device, id) as one string. */
  readonly key: string;
  readonly recording: Recording;
  /** Arrived while the page was open, and not looked at yet. */
  readonly unread: boolean;
}

export function keyOf(device: string, id: string): string {
  return `${device}/${id}`;
}

export function isCritical(event: EventFields): boolean {
  return event.severity === 'critical';
}

/** A critical event that nobody has acknowledged. */
export function isAlarm(entry: FeedEntry): boolean {
  return isCritical(entry) && entry.acknowledged === undefined;
}

/**
 * The events that the page shows, each once by its key, newest first. Entries are never changed, only
 * replaced. Lives on the browser's one thread; React observes it.
 */
export class EventFeed {
  private readonly entries = new Map<string, FeedEntry>();
  /** Acknowledgements that came before their event. */
  private readonly early = new Map<string, Acknowledgement>();
  private readonly observers = new Set<() => void>();
  private readonly arrivals = new Set<(entry: FeedEntry) => void>();
  private sorted: readonly FeedEntry[] | null = [];
  private standing: readonly FeedEntry[] | null = [];
  /** How many are kept; it rises with what a person asks for of history. */
  private kept = KEPT;

  observe(observer: () => void): () => void {
    this.observers.add(observer);
    return () => this.observers.delete(observer);
  }

  /** Tells of each entry that arrives while the page is open, once, whatever way it comes. */
  onArrival(listener: (entry: FeedEntry) => void): () => void {
    this.arrivals.add(listener);
    return () => this.arrivals.delete(listener);
  }

  /** The alarms that stand, oldest first, so that a new one moves none that somebody reads or answers. */
  alarms(): readonly FeedEntry[] {
    this.standing ??= this.list().filter(isAlarm).reverse();
    return this.standing;
  }

  /** All entries, newest first; the same array until something changes. */
  list(): readonly FeedEntry[] {
    this.sorted ??= [...this.entries.values()].sort((a, b) => arrivedAt(b) - arrivedAt(a));
    return this.sorted;
  }

  /** Just arrived at the bridge, not yet in history. One that is known to be recorded stays so. */
  pending(events: readonly EventFields[]): void {
    for (const event of events) {
      const known = this.entries.get(keyOf(event.device, event.id));
      if (known?.recording !== 'recorded') {
        this.put(event, 'pending', known?.unread ?? true);
      }
    }
    this.changed();
  }

  /** Recorded entries, from the live log or read from history (then not unread). */
  recorded(events: readonly EventFields[], fromHistory = false): void {
    for (const event of events) {
      const known = this.entries.get(keyOf(event.device, event.id));
      this.put(event, 'recorded', known?.unread ?? !fromHistory);
    }
    this.changed();
  }

  unrecorded(device: string, event: string, reason: string): void {
    const known = this.entries.get(keyOf(device, event));
    if (known && known.recording !== 'recorded') {
      this.entries.set(known.key, { ...known, recording: { unrecorded: reason } });
      this.changed();
    }
  }

  acknowledged(mark: Acknowledgement): void {
    const key = keyOf(mark.device, mark.event);
    const known = this.entries.get(key);
    if (known) {
      const { by, time, note } = mark;
      this.entries.set(key, { ...known, acknowledged: { by, time, note }, unread: false });
      this.changed();
    } else if (this.early.size < KEPT) {
      this.early.set(key, mark);
    }
  }

  /** A person has looked at all, or at the one with this key. */
  markRead(key?: string): void {
    for (const entry of this.entries.values()) {
      if (entry.unread && (key === undefined || entry.key === key)) {
        this.entries.set(entry.key, { ...entry, unread: false });
      }
    }
    this.changed();
  }

  /** Forgets all, as of a moment that is no longer shown. */
  clear(): void {
    this.entries.clear();
    this.early.clear();
    this.changed();
  }

  /** Entries older than all that are kept, read from history because a person asked. */
  older(events: readonly EventFields[]): void {
    this.kept += events.length;
    this.recorded(events, true);
  }

  private put(event: EventFields, recording: Recording, unread: boolean): void {
    const key = keyOf(event.device, event.id);
    const acknowledged =
      event.acknowledged ?? this.entries.get(key)?.acknowledged ?? this.early.get(key);
    this.early.delete(key);
    const entry = { ...event, key, recording, unread, acknowledged };
    const arrives = unread && !this.entries.has(key);
    this.entries.set(key, entry);
    if (arrives) {
      for (const listener of this.arrivals) {
        listener(entry);
      }
    }
  }

  /** An alarm that nobody has acknowledged is not pushed out by newer events, only by newer alarms. */
  private forgetOldest(): void {
    if (this.entries.size <= this.kept) {
      return;
    }
    const kept = { alarms: 0, others: 0 };
    for (const entry of this.list()) {
      if (++kept[isAlarm(entry) ? 'alarms' : 'others'] > this.kept) {
        this.entries.delete(entry.key);
        this.sorted = this.standing = null;
      }
    }
  }

  private changed(): void {
    this.sorted = this.standing = null;
    this.forgetOldest();
    for (const observer of this.observers) {
      observer();
    }
  }
}

/** By the server's clock where it says; a device's own clock may be anything. */
function arrivedAt(event: EventFields): number {
  return event.received ?? event.timestamp;
}
