import { useEffect, useState } from 'react';
import { useLive } from '../useLive';
import { TRACK_MS, readTrack } from './track';
import type { TrackPoint } from './track';

const READ_AGAIN_MS = 15_000;
const LOOK_EVERY_MS = 1_000;

export interface Track {
  readonly recorded: readonly TrackPoint[];
  /** Seen by this page since the unit was selected, and later than what is recorded. */
  readonly recent: readonly TrackPoint[];
  readonly problem: string | null;
}

const NOTHING: Track = { recorded: [], recent: [], problem: null };

/** The last 15 minutes of a unit: what history has, and what this page has seen since. */
export function useTrack(id: string | null): Track {
  const { clock, devices } = useLive();
  const [track, setTrack] = useState<{ id: string | null; track: Track }>({ id: null, track: NOTHING });

  useEffect(() => {
    if (id === null) return;
    const abort = new AbortController();
    let held: Track = NOTHING;
    const show = (next: Track) => {
      held = next;
      setTrack({ id, track: next });
    };
    const read = async () => {
      const to = clock.now();
      if (to === null) return;
      try {
        const recorded = await readTrack(id, to - TRACK_MS, to, abort.signal);
        const through = recorded.at(-1)?.timestamp ?? -Infinity;
        show({ recorded, recent: held.recent.filter((point) => point.timestamp > through), problem: null });
      } catch (error) {
        if (!abort.signal.aborted) {
          show({ ...held, problem: error instanceof Error ? error.message : String(error) });
        }
      }
    };
    const look = () => {
      const slot = devices.slotOf(id);
      const timestamp = slot === undefined ? Number.NaN : devices.timestamp[slot];
      if (slot !== undefined && timestamp > (held.recent.at(-1)?.timestamp ?? -Infinity)) {
        const { lat, lon, speed } = devices.unit(slot);
        show({ ...held, recent: [...held.recent, { timestamp, lat, lon, speed }].slice(-900) });
      }
    };
    void read();
    const reading = setInterval(() => void read(), READ_AGAIN_MS);
    const looking = setInterval(look, LOOK_EVERY_MS);
    return () => {
      abort.abort();
      clearInterval(reading);
      clearInterval(looking);
    };
  }, [id, clock, devices]);

  return track.id === id ? track.track : NOTHING;
}
