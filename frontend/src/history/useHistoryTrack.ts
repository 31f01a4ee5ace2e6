import { useEffect, useState } from 'react';
import { readTrack } from '../unit/track';
import type { TrackPoint } from '../unit/track';
import { useTrack } from '../unit/useTrack';
import { useLive } from '../useLive';

/** The last `span` ms up to now, or what was between two moments (epoch ms). */
export type Range =
  | { readonly kind: 'last'; readonly span: number }
  | { readonly kind: 'between'; readonly from: number; readonly to: number };

export interface HistoryTrack {
  readonly points: readonly TrackPoint[];
  /** The last of them, which this page has seen and history may not have yet. */
  readonly seen: readonly TrackPoint[];
  readonly from: number;
  readonly to: number;
  readonly reading: boolean;
  readonly problem: string | null;
}

const NO_POINTS: readonly TrackPoint[] = [];

/** A unit's track in a range; one that reaches to now goes on with the live trail, without a hole. */
export function useHistoryTrack(id: string, range: Range): HistoryTrack {
  const { clock } = useLive();
  const span = range.kind === 'last' ? range.span : 0;
  const live = useTrack(range.kind === 'last' ? id : null, span);
  const [read, setRead] = useState<{ range: Range | null; points: readonly TrackPoint[]; problem: string | null }>({
    range: null, points: NO_POINTS, problem: null,
  });
  useEffect(() => {
    if (range.kind === 'last') return;
    const abort = new AbortController();
    readTrack(id, range.from, range.to, abort.signal).then(
      ({ points }) => { setRead({ range, points, problem: null }); },
      (error: unknown) => {
        if (!abort.signal.aborted) {
          setRead({ range, points: NO_POINTS, problem: error instanceof Error ? error.message : String(error) });
        }
      },
    );
    return () => { abort.abort(); };
  }, [id, range]);

  if (range.kind === 'between') {
    const done = read.range === range;
    return { ...range, points: done ? read.points : NO_POINTS, seen: NO_POINTS, reading: !done, problem: done ? read.problem : null };
  }
  const points = live.recent.length > 0 ? [...live.recorded, ...live.recent] : live.recorded;
  const to = clock.now() ?? points.at(-1)?.timestamp ?? 0;
  return { points, seen: live.recent, from: to - span, to, reading: points.length === 0 && live.problem === null, problem: live.problem };
}
