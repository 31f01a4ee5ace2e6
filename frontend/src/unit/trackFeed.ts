import type { ServerClock } from '../connection/serverClock';
import type { DeviceStore } from '../devices/store';
import { readTrack } from './track';
import type { TrackPoint } from './track';

const READ_AGAIN_MS = 15_000;
const LOOK_EVERY_MS = 1_000;

export interface Track {
  readonly recorded: readonly TrackPoint[];
  /** Seen by this page, and later than what is recorded. */
  readonly recent: readonly TrackPoint[];
  readonly problem: string | null;
}

export const NO_TRACK: Track = { recorded: [], recent: [], problem: null };

/**
 * The last `span` ms of one unit without a hole: what history has, and from there on what this page
 * has seen of every unit. Lives on the browser's one thread from `start` to `close`.
 */
export class TrackFeed {
  private held: Track = NO_TRACK;
  private readonly abort = new AbortController();
  private timers: ReturnType<typeof setInterval>[] = [];

  constructor(
    private readonly id: string,
    private readonly span: number,
    private readonly devices: DeviceStore,
    private readonly clock: ServerClock,
    private readonly onChange: (track: Track) => void,
  ) {}

  start(): void {
    this.look();
    void this.read();
    this.timers = [
      setInterval(() => void this.read(), READ_AGAIN_MS),
      setInterval(() => { this.look(); }, LOOK_EVERY_MS),
    ];
  }

  close(): void {
    this.abort.abort();
    for (const timer of this.timers) clearInterval(timer);
  }

  private async read(): Promise<void> {
    const to = this.clock.now();
    if (to === null) return;
    try {
      const { points: recorded } = await readTrack(this.id, to - this.span, to, this.abort.signal);
      const through = recorded.at(-1)?.timestamp ?? -Infinity;
      this.show({ recorded, recent: this.held.recent.filter((point) => point.timestamp > through), problem: null });
    } catch (error) {
      if (!this.abort.signal.aborted) {
        this.show({ ...this.held, problem: error instanceof Error ? error.message : String(error) });
      }
    }
  }

  /** Takes what the unit has done since the last look. */
  private look(): void {
    const slot = this.devices.slotOf(this.id);
    if (slot === undefined) return;
    const { recorded, recent } = this.held;
    const known = recent.at(-1)?.timestamp ?? recorded.at(-1)?.timestamp ?? -Infinity;
    const seen = this.devices.paths.after(slot, known);
    if (seen.length > 0) {
      const from = (seen.at(-1)?.timestamp ?? 0) - this.span;
      this.show({ ...this.held, recent: [...recent, ...seen].filter((point) => point.timestamp > from) });
    }
  }

  private show(track: Track): void {
    if (this.abort.signal.aborted) return;
    this.held = track;
    this.onChange(track);
  }
}
