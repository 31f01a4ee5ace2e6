import { createContext, useContext, useEffect, useState, useSyncExternalStore } from 'react';
import type { ConnectionState } from './connection/machine';
import type { FeedEntry } from './events/feed';
import type { Live } from './live';

export const LiveContext = createContext<Live | null>(null);

/** The page's one live room. */
export function useLive(): Live {
  const live = useContext(LiveContext);
  if (!live) {
    throw new Error('useLive outside of LiveContext');
  }
  return live;
}

/** The connection's state, rendered when it changes in a way that anyone shows. */
export function useConnection(): ConnectionState {
  const { connection } = useLive();
  return useSyncExternalStore(
    (changed) => connection.observe(changed),
    () => connection.current(),
  );
}

/** Why the server lets this page not connect, in words; null while it does, or does not say. */
export function useRefusal(): string | null {
  const live = useLive();
  return useSyncExternalStore(
    (changed) => live.onRefusal(changed),
    () => live.refusal,
  );
}

/** The events shown, newest first, at a reading rate: a burst is rendered a few times a second. */
export function useFeed(): readonly FeedEntry[] {
  const { feed } = useLive();
  const [entries, setEntries] = useState(() => feed.list());
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | null = null;
    let renderedAt = -Infinity;
    const render = () => {
      timer = null;
      renderedAt = performance.now();
      setEntries(feed.list());
    };
    const stop = feed.observe(() => {
      timer ??= setTimeout(render, Math.max(0, renderedAt + 250 - performance.now()));
    });
    render();
    return () => {
      stop();
      if (timer !== null) clearTimeout(timer);
    };
  }, [feed]);
  return entries;
}

/** Renders once a second, and soon after the first time; returns how often it has. */
export function useSecond(): number {
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    const count = () => {
      setSeconds((before) => before + 1);
    };
    const timer = setInterval(count, 1_000);
    const soon = setTimeout(count, 100);
    return () => {
      clearInterval(timer);
      clearTimeout(soon);
    };
  }, []);
  return seconds;
}

/** Renders once a second; returns the server's time (epoch ms), or null before its first word. */
export function useServerSecond(): number | null {
  useSecond();
  return useLive().clock.now();
}
