import { useState } from 'react';
import { useLive } from '../useLive';
import type { FeedEntry } from './feed';

export interface Acknowledging {
  readonly busy: boolean;
  /** The server's reason why not. */
  readonly problem: string | null;
  readonly acknowledge: (note: string) => void;
}

/** The card goes when the log says so, for every dispatcher at once; until then it says what it waits for. */
export function useAcknowledge(alarm: FeedEntry): Acknowledging {
  const live = useLive();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const acknowledge = (note: string) => {
    setBusy(true);
    setProblem(null);
    live.acknowledge(alarm.device, alarm.id, note.trim()).catch((error: unknown) => {
      setBusy(false);
      setProblem(error instanceof Error ? error.message : String(error));
    });
  };
  return { busy, problem, acknowledge };
}
