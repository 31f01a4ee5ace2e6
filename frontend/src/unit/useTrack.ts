import { useEffect, useState } from 'react';
import { useLive } from '../useLive';
import { NO_TRACK, TrackFeed } from './trackFeed';
import type { Track } from './trackFeed';

export type { Track } from './trackFeed';

/** The last 15 minutes of a unit, up to this second. */
export function useTrack(id: string | null): Track {
  const { clock, devices } = useLive();
  const [track, setTrack] = useState<{ id: string | null; track: Track }>({ id: null, track: NO_TRACK });

  useEffect(() => {
    if (id === null) return;
    const feed = new TrackFeed(id, devices, clock, (next) => { setTrack({ id, track: next }); });
    feed.start();
    return () => { feed.close(); };
  }, [id, clock, devices]);

  return track.id === id ? track.track : NO_TRACK;
}
