import { useCallback, useEffect, useState, useSyncExternalStore } from 'react';
import { browserSocket, browserWorld } from '../live';
import { Past } from './past';
import type { PastState, Speed } from './past';

export interface PastHold {
  readonly past: Past | null;
  /** Shows the room as it was; the same replay goes on while the time is within it. */
  readonly enter: (time: number, from: number, to: number, speed?: Speed) => void;
  readonly leave: () => void;
}

/** The room's past, while somebody looks at it. */
export function usePast(make: typeof browserPast = browserPast): PastHold {
  const [past, setPast] = useState<Past | null>(null);
  const enter = useCallback(
    (time: number, from: number, to: number, speed: Speed = 10) => {
      const range = past?.state();
      if (past && range && range.from <= time && time <= range.to) past.seek(time);
      else setPast(make(time, from, to, speed));
    },
    [past, make],
  );
  const leave = useCallback(() => { setPast(null); }, []);
  useEffect(() => {
    past?.start();
    return () => { past?.stop(); };
  }, [past]);
  return { past, enter, leave };
}

const NEVER = () => () => undefined;

/** The state of the past, or null while the room is live. */
export function usePastState(past: Past | null): PastState | null {
  return useSyncExternalStore(
    useCallback((changed: () => void) => (past ? past.observe(changed) : NEVER()), [past]),
    () => past?.state() ?? null,
  );
}

function browserPast(time: number, from: number, to: number, speed: Speed): Past {
  const past = new Past(browserWorld(), (query) => browserSocket(`/replay?${query}`, ['sightline.v1.json']), from, to, speed);
  past.seek(time);
  return past;
}
