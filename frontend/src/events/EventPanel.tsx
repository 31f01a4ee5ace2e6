import { useEffect, useState } from 'react';
import type { DeviceStore } from '../devices/store';
import { distance } from '../map/whereabouts';
import type { Whereabouts } from '../map/whereabouts';
import { useFeed, useLive, useServerSecond } from '../useLive';
import { AlarmCard } from './AlarmCard';
import { EventRow } from './EventRow';
import { isAlarm } from './feed';
import type { FeedEntry } from './feed';

const SHOWN = 100;
const CARDS = 4;
const NEAR_METRES = 800;

type Severity = 'all' | 'critical' | 'warning';

interface Props {
  readonly whereabouts: Whereabouts | null;
  readonly onShow: (entry: FeedEntry) => void;
}

/** Alarms as cards, then every event, newest first. */
export function EventPanel({ whereabouts, onShow }: Props) {
  const { feed, devices } = useLive();
  const entries = useFeed();
  const now = useServerSecond();
  const [severity, setSeverity] = useState<Severity>('all');
  const [more, setMore] = useState(SHOWN);
  const alarms = entries.filter(isAlarm);
  const unread = entries.filter((entry) => entry.unread).length;
  const cards = alarms.slice(0, CARDS);
  const rows = entries.filter(
    (entry) => !cards.includes(entry) && (severity === 'all' || entry.severity === severity),
  );
  useTitle(alarms.length);
  useAcknowledgeKey();
  const who = (entry: FeedEntry) => devices.unitById(entry.device)?.name ?? entry.device;
  const where = (entry: FeedEntry) => whereOf(entry, devices, whereabouts);

  return (
    <section className="panel-body" aria-label="Events">
      <header className="panel-head">
        <h2>
          Events{' '}
          {unread > 0 && (
            <button type="button" className="link" onClick={() => { feed.markRead(); }} title="Mark all as read">
              {unread} unread
            </button>
          )}
        </h2>
        <select
          aria-label="Severity"
          value={severity}
          onChange={(event) => { setSeverity(event.target.value as Severity); }}
        >
          <option value="all">All severities</option>
          <option value="warning">Warnings</option>
          <option value="critical">Critical</option>
        </select>
      </header>
      <div className="event-scroll" tabIndex={0} role="region" aria-label="Event feed">
        <p role="alert" className="visually-hidden">
          {cards.map((alarm) => `Alarm: ${alarm.message ?? alarm.type}, ${who(alarm)}. `)}
        </p>
        <div className="alarms">
          {cards.map((alarm, i) => (
            <AlarmCard
              key={alarm.key}
              alarm={alarm}
              who={who(alarm)}
              where={where(alarm)}
              near={nearOf(alarm, devices)}
              now={now}
              first={i === 0}
              onShow={onShow}
            />
          ))}
          {alarms.length > CARDS && <p className="muted more-alarms">{alarms.length - CARDS} more alarms below</p>}
        </div>
        <ul className="event-rows">
          {rows.slice(0, more).map((entry) => (
            <EventRow key={entry.key} entry={entry} who={who(entry)} where={where(entry)} onShow={onShow} />
          ))}
        </ul>
        {rows.length > more && (
          <button type="button" className="link more" onClick={() => { setMore(more + SHOWN); }}>
            Show older
          </button>
        )}
        {rows.length === 0 && <p className="empty">No events. They appear here as they happen.</p>}
      </div>
    </section>
  );
}

function whereOf(entry: FeedEntry, devices: DeviceStore, whereabouts: Whereabouts | null): string | null {
  const unit = devices.unitById(entry.device);
  const [lon, lat] = [entry.lon ?? unit?.lon, entry.lat ?? unit?.lat];
  return lon === undefined || lat === undefined ? null : (whereabouts?.of(lon, lat) ?? null);
}

/** The two nearest other units that are moving or stopped, within reach of an alarm. */
function nearOf(alarm: FeedEntry, devices: DeviceStore): readonly string[] {
  const unit = devices.unitById(alarm.device);
  const [lon, lat] = [alarm.lon ?? unit?.lon ?? Number.NaN, alarm.lat ?? unit?.lat ?? Number.NaN];
  return devices
    .units()
    .filter((other) => other.id !== alarm.device && (other.state === 'moving' || other.state === 'stopped'))
    .map((other) => ({ name: other.name, metres: distance(lon, lat, other.lon, other.lat) }))
    .filter((other) => other.metres <= NEAR_METRES)
    .sort((a, b) => a.metres - b.metres)
    .slice(0, 2)
    .map((other) => `${other.name} ${String(Math.round(other.metres / 10) * 10)} m`);
}

function useTitle(alarms: number): void {
  useEffect(() => {
    document.title = alarms > 0 ? `(${String(alarms)}) Sightline` : 'Sightline';
  }, [alarms]);
}

function useAcknowledgeKey(): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const typing = event.target instanceof Element && event.target.closest('input, select, textarea') !== null;
      if (event.key.toLowerCase() === 'a' && !typing && !event.ctrlKey && !event.metaKey && !event.altKey && !event.repeat) {
        document.querySelector<HTMLButtonElement>('[data-acknowledge="first"]')?.click();
      }
    };
    window.addEventListener('keydown', onKey);
    return () => { window.removeEventListener('keydown', onKey); };
  }, []);
}
