import { useEffect, useState } from 'react';

const TICK_MS = 100;

export interface Playhead {
  /** Epoch ms. */
  readonly time: number;
  readonly playing: boolean;
  readonly seek: (time: number) => void;
  readonly play: (playing: boolean) => void;
}

/** A moment between two others that goes forward at `speed` while it plays, and stops at the end. */
export function usePlayhead(from: number, to: number, speed: number): Playhead {
  const [at, setAt] = useState<number | null>(null);
  const [playing, setPlaying] = useState(false);
  const time = Math.min(to, Math.max(from, at ?? from));
  useEffect(() => {
    if (!playing) return;
    let last = performance.now();
    const timer = setInterval(() => {
      const now = performance.now();
      const step = (now - last) * speed;
      last = now;
      setAt((before) => {
        const next = (before ?? from) + step;
        if (next >= to) setPlaying(false);
        return Math.min(to, next);
      });
    }, TICK_MS);
    return () => { clearInterval(timer); };
  }, [playing, speed, from, to]);
  return {
    time,
    playing,
    seek: setAt,
    play: (wanted) => {
      if (wanted && time >= to) setAt(from);
      setPlaying(wanted);
    },
  };
}
