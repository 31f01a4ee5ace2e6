import { useMemo, useState } from 'react';
import type { DeviceStore } from '../devices/store';
import { isVouched } from '../health/freshness';
import type { Whereabouts } from '../map/whereabouts';
import { texts } from '../texts';
import { useConnection, useFeed, useLive, useServerSecond } from '../useLive';
import { AlarmCard } from './AlarmCard';
import { AlarmRow } from './AlarmRow';
import { EventRow } from './EventRow';
import type { FeedEntry } from './feed';
import { isAlarm } from './feed';
import { SEVERITIES, wanted } from './filter';
import type { Severity } from './filter';
import { nearest } from './near';
import type { Neighbour } from './near';
import { OlderEvents } from './OlderEvents';
import { placeOf } from './place';

const SHOWN = 100;
const CARDS = 3;
const NEIGHBOURS = 3;

interface Props {
  /** Whether the rest of the page shows another time; events are always live. */
  readonly past?: boolean;
  readonly whereabouts: Whereabouts | null;
  readonly onShow: (entry: FeedEntry) => void;
  readonly onUnit: (id: string) => void;
}

/** Alarms as cards, oldest first, always in sight; then every other event, newest first. */
export function EventPanel({ past = false, whereabouts, onShow, onUnit }: Props) {
  const { feed, devices } = useLive();
  const entries = useFeed();
  const [severity, setSeverity] = useState<Severity>('all');
  const [text, setText] = useState('');
  const [more, setMore] = useState(SHOWN);
  const unread = entries.filter((entry) => entry.unread).length;
  const nameOf = useMemo(() => namesOf(devices), [devices]);
  const sought = text.trim().toLowerCase();
  const rows = entries.filter(
    (entry) => !isAlarm(entry) && wanted(entry, severity, sought, nameOf(entry.device)),
  );
  const show = (entry: FeedEntry) => {
    feed.markRead(entry.key);
    onShow(entry);
  };

  return (
    <section className="panel-body" aria-label={texts.events.name}>
      <header className="panel-head">
        <h2>
          {texts.events.name}{' '}
          {past && <span className="live-tag">{texts.past.eventsLive}</span>}
          {unread > 0 && (
            <button type="button" className="link" onClick={() => { feed.markRead(); }} title={texts.events.markRead}>
              {texts.events.unread(unread)}
            </button>
          )}
        </h2>
        <input
          type="search"
          className="event-find"
          value={text}
          placeholder={texts.events.find}
          aria-label={texts.events.find}
          onChange={(event) => { setText(event.target.value); }}
        />
      </header>
      <div className="chips" role="group" aria-label={texts.events.severity}>
        {SEVERITIES.map((value) => (
          <button key={value} type="button" className="chip" aria-pressed={severity === value} onClick={() => { setSeverity(value); }}>
            {texts.events.severities[value]}
          </button>
        ))}
      </div>
      <Alarms nameOf={nameOf} whereabouts={whereabouts} onShow={show} onUnit={onUnit} />
      <div className="event-scroll" tabIndex={0} role="region" aria-label={texts.events.feed}>
        <ul className="event-rows">
          {rows.slice(0, more).map((entry) => (
            <EventRow
              key={entry.key}
              entry={entry}
              who={nameOf(entry.device)}
              where={whereOf(entry, devices, whereabouts)}
              onShow={show}
            />
          ))}
        </ul>
        {rows.length === 0 && <p className="empty">{entries.length === 0 ? texts.events.none : texts.events.noneMatch}</p>}
        {rows.length > more ? (
          <button type="button" className="link more" onClick={() => { setMore(more + SHOWN); }}>
            {texts.events.older}
          </button>
        ) : (
          entries.length > 0 && <OlderEvents onRead={() => { setMore(more + SHOWN); }} />
        )}
      </div>
    </section>
  );
}

interface AlarmsProps extends Props {
  readonly nameOf: (device: string) => string;
}

function Alarms({ nameOf, whereabouts, onShow, onUnit }: AlarmsProps) {
  const { feed, devices } = useLive();
  useFeed();
  const vouched = isVouched(useConnection());
  const now = useServerSecond();
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set());
  const alarms = feed.alarms();
  return (
    <>
      <p role="alert" className="visually-hidden">
        {alarms.slice(-CARDS).map((alarm) => texts.events.spoken(alarm.message ?? alarm.type, nameOf(alarm.device)))}
      </p>
      {alarms.length > 0 && (
        <div className="alarms" tabIndex={0} role="region" aria-label={texts.events.alarms(alarms.length)}>
          {alarms.length > 1 && <p className="alarms-count">{texts.events.alarms(alarms.length)}</p>}
          {alarms.map((alarm, i) =>
            i < CARDS || opened.has(alarm.key) ? (
              <AlarmCard
                key={alarm.key}
                alarm={alarm}
                who={nameOf(alarm.device)}
                where={whereOf(alarm, devices, whereabouts)}
                near={nearOf(alarm, devices)}
                vouched={vouched}
                now={now}
                first={i === 0}
                onShow={onShow}
                onUnit={onUnit}
              />
            ) : (
              <AlarmRow
                key={alarm.key}
                alarm={alarm}
                who={nameOf(alarm.device)}
                now={now}
                onOpen={() => { setOpened(new Set([...opened, alarm.key])); }}
              />
            ),
          )}
        </div>
      )}
    </>
  );
}

function namesOf(devices: DeviceStore): (device: string) => string {
  return (device) => {
    const slot = devices.slotOf(device);
    return (slot === undefined ? '' : devices.names[slot]) || device;
  };
}

function whereOf(entry: FeedEntry, devices: DeviceStore, whereabouts: Whereabouts | null): string | null {
  const place = placeOf(entry, devices);
  return place && (whereabouts?.of(place.lon, place.lat) ?? null);
}

function nearOf(alarm: FeedEntry, devices: DeviceStore): readonly Neighbour[] {
  const place = placeOf(alarm, devices);
  return place ? nearest(devices, place, alarm.device, NEIGHBOURS) : [];
}
