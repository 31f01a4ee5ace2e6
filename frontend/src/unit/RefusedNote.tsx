import { useEffect, useState } from 'react';
import { texts } from '../texts';
import { clockTime, isoTime } from '../ui/format';
import { useLive, useServerSecond } from '../useLive';
import { readRefused, whyOf } from './refused';
import type { Refused } from './refused';

const READ_AGAIN_MS = 5_000;

/** What was refused of a unit, for who looks after it; read again while it is on the screen. */
export function RefusedNote({ id }: { id: string }) {
  const { past } = useLive();
  const now = useServerSecond();
  const [read, setRead] = useState<{ id: string; refused: Refused | null }>({ id: '', refused: null });
  useEffect(() => {
    if (past) return;
    const abort = new AbortController();
    const readNow = () => {
      readRefused(id, abort.signal).then(
        (refused) => { setRead({ id, refused }); },
        (error: unknown) => {
          // What was read before still holds.
          if (!abort.signal.aborted) console.warn('what was refused of a unit could not be read', error);
        },
      );
    };
    readNow();
    const timer = setInterval(readNow, READ_AGAIN_MS);
    return () => {
      abort.abort();
      clearInterval(timer);
    };
  }, [id, past]);
  const refused = !past && read.id === id ? read.refused : null;
  if (refused === null) {
    return null;
  }
  const { why, ...words } = { ...texts.unit.refused, why: whyOf(refused.reason) };
  const where = [refused.topic, refused.field].filter((part) => part !== '').join(' · ');
  return (
    <div className="late unit-refused" role="note" aria-label={words.name}>
      <p>
        <strong>{words.count(refused.count)}</strong> {words.last}{' '}
        <time dateTime={isoTime(refused.time)}>{clockTime(refused.time, now)}</time>
        {where !== '' && <> ({where})</>}: {why}
      </p>
      {refused.detail !== '' && <p className="muted">{refused.detail}</p>}
    </div>
  );
}
