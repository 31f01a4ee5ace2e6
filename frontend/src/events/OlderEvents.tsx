import { useState } from 'react';
import { texts } from '../texts';
import { useLive } from '../useLive';

/** Reads older events from history, a page at a time, down to the first. */
export function OlderEvents({ onRead }: { onRead: () => void }) {
  const live = useLive();
  const [state, setState] = useState<'idle' | 'reading' | 'end'>('idle');
  const [problem, setProblem] = useState<string | null>(null);
  const read = async () => {
    setState('reading');
    setProblem(null);
    try {
      setState((await live.readOlder()) ? 'idle' : 'end');
      onRead();
    } catch (error) {
      setState('idle');
      setProblem(error instanceof Error ? error.message : String(error));
    }
  };
  if (state === 'end') {
    return <p className="empty">{texts.events.end}</p>;
  }
  return (
    <>
      {problem !== null && <p className="empty late" role="alert">{problem}</p>}
      <button type="button" className="link more" disabled={state === 'reading'} onClick={() => void read()}>
        {state === 'reading' ? texts.events.reading : texts.events.older}
      </button>
    </>
  );
}
