import { memo, useEffect, useState } from 'react';
import { readEvents } from '../events/api';
import { isCritical, keyOf } from '../events/feed';
import type { EventFields } from '../protocol/messages';
import { useFeed } from '../useLive';

const MOST = 1_000;
const COARSE_MS = 60_000;

/** The events of a time as strokes: tall for critical ones, shorter for warnings, shortest for the rest. */
export const Ticks = memo(function Ticks({ from, to }: { from: number; to: number }) {
  const feed = useFeed();
  const [old, setOld] = useState<readonly EventFields[]>([]);
  // Read again when the window has moved by a minute; live events come by the feed.
  const [coarseFrom, coarseTo] = [Math.floor(from / COARSE_MS) * COARSE_MS, Math.ceil(to / COARSE_MS) * COARSE_MS];
  const empty = to <= 0;
  useEffect(() => {
    if (empty) return;
    let gone = false;
    readEvents({ limit: MOST, from: String(coarseFrom), to: String(coarseTo) }).then(
      ({ entries }) => {
        if (!gone) setOld(entries.flatMap((entry) => (entry.entry === 'event' ? [entry.event] : [])));
      },
      () => undefined, // the line is then without its past; the pill says that history is away
    );
    return () => {
      gone = true;
    };
    // eslint-disable-next-line react-hooks/exhaustive-deps -- the end moves each second; the start tells enough
  }, [coarseFrom, empty]);
  const strokes = new Map<string, EventFields>();
  for (const event of [...old, ...feed]) strokes.set(keyOf(event.device, event.id), event);
  return (
    <svg className="ticks" viewBox="0 0 1000 24" preserveAspectRatio="none" aria-hidden="true">
      {[...strokes.values()].map((event) => {
        const at = event.received ?? event.timestamp;
        if (at < from || at > to) return null;
        const x = ((at - from) / (to - from)) * 1_000;
        const [top, tone] = isCritical(event) ? [2, 'act'] : event.severity === 'warning' ? [10, 'stale'] : [16, 'faint'];
        return <path key={keyOf(event.device, event.id)} className={`tone-${tone}`} d={`M${x.toFixed(1)} ${String(top)}V24`} />;
      })}
    </svg>
  );
});
