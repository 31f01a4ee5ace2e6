import { useEffect, useState } from 'react';
import { readEvents } from '../events/api';
import type { FeedEntry } from '../events/feed';
import { isCritical, keyOf } from '../events/feed';
import type { EventFields } from '../protocol/messages';
import { texts } from '../texts';
import { clockTime } from '../ui/format';
import { SeverityMark } from '../ui/icons';
import { useFeed, useServerSecond } from '../useLive';

const SHOWN = 4;

/** A unit's last events: those of the feed, and from history where the feed has too few. */
export function UnitEvents({ id }: { id: string }) {
  const feed = useFeed();
  const now = useServerSecond();
  const [old, setOld] = useState<{ id: string; events: readonly EventFields[] }>({ id: '', events: [] });
  useEffect(() => {
    let gone = false;
    readEvents({ limit: SHOWN, device: id }).then(
      ({ entries }) => {
        if (!gone) setOld({ id, events: entries.flatMap((entry) => (entry.entry === 'event' ? [entry.event] : [])) });
      },
      (error: unknown) => { console.warn('a unit’s events could not be read', error); },
    );
    return () => {
      gone = true;
    };
  }, [id]);
  const events = merged(feed.filter((entry) => entry.device === id), old.id === id ? old.events : []).slice(0, SHOWN);
  if (events.length === 0) {
    return <p className="muted unit-events">{texts.unit.noEvents}</p>;
  }
  return (
    <ul className="unit-events" aria-label={texts.unit.events}>
      {events.map((event) => (
        <li key={event.id}>
          <SeverityMark severity={event.severity} done={isCritical(event) && event.acknowledged !== undefined} />
          <span>{event.message ?? event.type}</span>
          <time className="muted">{clockTime(event.timestamp, now)}</time>
        </li>
      ))}
    </ul>
  );
}

function merged(live: readonly FeedEntry[], old: readonly EventFields[]): readonly EventFields[] {
  const known = new Set(live.map((entry) => entry.key));
  return [...live, ...old.filter((event) => !known.has(keyOf(event.device, event.id)))];
}
