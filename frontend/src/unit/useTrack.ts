import { useEffect, useState } from 'react';
import { useLive } from '../useLive';
import { NO_TRACK, TrackFeed } from './trackFeed';
import type { Track } from './trackFeed';

export type { Track } from './trackFeed';

/** The last `span` ms of a unit, up to this second; read anew after a jump in time. */
export function useTrack(id: string | null, span: number, jumps = 0): Track {
  const { clock, devices } = useLive();
  const [track, setTrack] = useState<{ id: string | null; span: number; track: Track }>({ id: null, span, track: NO_TRACK });

  useEffect(() => {
    if (id === null) return;
    const feed = new TrackFeed(id, span, devices, clock, (next) => { setTrack({ id, span, track: next }); });
    feed.start();
    return () => { feed.close(); };
  }, [id, span, jumps, clock, devices]);

  return track.id === id && track.span === span ? track.track : NO_TRACK;
}
