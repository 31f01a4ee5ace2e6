import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { EventPanel } from './events/EventPanel';
import { isAlarm } from './events/feed';
import type { FeedEntry } from './events/feed';
import { isVouched } from './health/freshness';
import { Notices } from './health/Notices';
import type { MapHandle } from './map/mapHandle';
import { MapView } from './map/MapView';
import { loadWhereabouts } from './map/whereabouts';
import type { Whereabouts } from './map/whereabouts';
import { exposeSightline } from './sightlineHook';
import { SeverityMark } from './ui/icons';
import { Side } from './ui/Side';
import { Top } from './ui/Top';
import { UnitPanel } from './unit/UnitPanel';
import { useTrack } from './unit/useTrack';
import { UnitList } from './units/UnitList';
import { UnitOrder } from './units/order';
import { useConnection, useFeed, useLive } from './useLive';

/** On a phone, one of these lies over the map; on a desk all are there. */
type Sheet = 'map' | 'units' | 'events';
const SHEETS: readonly Sheet[] = ['map', 'units', 'events'];

export function App() {
  const live = useLive();
  const [selected, setSelected] = useState<string | null>(null);
  const [following, setFollowing] = useState(false);
  const [text, setText] = useState('');
  const [sheet, setSheet] = useState<Sheet>('map');
  const whereabouts = useWhereabouts();
  const map = useRef<MapHandle | null>(null);
  const track = useTrack(selected);
  const vouched = isVouched(useConnection());
  const standing = useFeed().filter(isAlarm);
  const alarms = standing.length;
  const orders = useMemo(() => new UnitOrder(live.devices), [live]);

  const select = useCallback((id: string | null) => {
    setSelected(id);
    setFollowing(false);
  }, []);
  const show = useCallback(
    (id: string) => {
      select(id);
      const unit = live.devices.unitById(id);
      if (unit && !Number.isNaN(unit.lon)) map.current?.show(unit.lon, unit.lat);
    },
    [live, select],
  );
  const showEvent = useCallback(
    (entry: FeedEntry) => {
      setSheet('map');
      if (live.devices.slotOf(entry.device) !== undefined) show(entry.device);
      else if (entry.lon !== undefined && entry.lat !== undefined) map.current?.show(entry.lon, entry.lat);
    },
    [live, show],
  );
  const onReady = useCallback(
    (handle: MapHandle | null) => {
      map.current = handle;
      exposeSightline(live, handle);
    },
    [live],
  );
  const inView = useCallback((lon: number, lat: number) => map.current?.map.getBounds().contains([lon, lat]) ?? true, []);
  const onMoved = useCallback(() => undefined, []);
  useEscape(useCallback(() => { select(null); }, [select]));

  return (
    <div className="page" data-sheet={sheet} data-vouched={vouched || live.devices.end === 0}>
      <Top
        text={text}
        alarms={alarms}
        onText={(next) => {
          setText(next);
          if (next !== '') setSheet((was) => (was === 'events' ? 'units' : was));
        }}
        onFirst={() => {
          const first = orders.rows({ text, filter: 'all', order: 'state' }, inView).at(0);
          if (first) show(first.id);
        }}
      />
      <main className="room">
        <Side name="Units" side="left">
          <UnitList
            text={text}
            selected={selected}
            inView={inView}
            whereabouts={whereabouts}
            onSelect={(id) => {
              setSheet('map');
              show(id);
            }}
          />
        </Side>
        <div className="middle">
          <MapView
            selected={selected}
            track={track}
            following={following}
            onReady={onReady}
            onPick={select}
            onMoved={onMoved}
          />
          <Notices />
          {alarms > 0 && (
            <button type="button" className="alarm-banner" onClick={() => { setSheet('events'); }}>
              <SeverityMark severity="critical" done={false} />
              <strong>
                {standing[0].message ?? standing[0].type} ·{' '}
                {live.devices.unitById(standing[0].device)?.name ?? standing[0].device}
              </strong>
              {alarms > 1 && <span>and {alarms - 1} more</span>}
            </button>
          )}
          {selected !== null && (
            <UnitPanel
              id={selected}
              track={track}
              whereabouts={whereabouts}
              following={following}
              onFollow={setFollowing}
              onClose={() => { select(null); }}
            />
          )}
        </div>
        <Side name="Events" side="right">
          <EventPanel whereabouts={whereabouts} onShow={showEvent} />
        </Side>
      </main>
      <nav className="sheets" aria-label="Sheets">
        {SHEETS.map((name) => (
          <button key={name} type="button" aria-pressed={sheet === name} onClick={() => { setSheet(name); }}>
            {name}
            {name === 'events' && alarms > 0 && <span className="count-alarm">{alarms}</span>}
          </button>
        ))}
      </nav>
    </div>
  );
}

function useWhereabouts(): Whereabouts | null {
  const [whereabouts, setWhereabouts] = useState<Whereabouts | null>(null);
  useEffect(() => {
    let gone = false;
    loadWhereabouts(document.baseURI).then(
      (loaded) => {
        if (!gone) setWhereabouts(loaded);
      },
      (error: unknown) => { console.warn('street names could not be read', error); },
    );
    return () => {
      gone = true;
    };
  }, []);
  return whereabouts;
}

function useEscape(onEscape: () => void): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape') onEscape();
    };
    window.addEventListener('keydown', onKey);
    return () => { window.removeEventListener('keydown', onKey); };
  }, [onEscape]);
}
