import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useAlerts } from './alerts/useAlerts';
import { EventPanel } from './events/EventPanel';
import type { FeedEntry } from './events/feed';
import { placeOf } from './events/place';
import { isVouched } from './health/freshness';
import { Notices } from './health/Notices';
import { acknowledgeCurrent, focusEvents, focusUnits, walk, writeNote } from './keys/hands';
import { Help } from './keys/Help';
import { useKeys, useSingleKeys } from './keys/useKeys';
import type { MapHandle } from './map/mapHandle';
import { MapView } from './map/MapView';
import { AlarmBanner } from './room/AlarmBanner';
import { Sheets } from './room/Sheets';
import type { Sheet } from './room/Sheets';
import { useWhereabouts } from './room/useWhereabouts';
import { useView } from './room/view';
import { exposeSightline } from './sightlineHook';
import { texts } from './texts';
import { Side } from './ui/Side';
import { Top } from './ui/Top';
import { UnitPanel } from './unit/UnitPanel';
import { SPANS } from './unit/track';
import type { Span } from './unit/track';
import { useTrack } from './unit/useTrack';
import { ALL } from './units/filter';
import { UnitList } from './units/UnitList';
import { UnitOrder } from './units/order';
import { UnitTable } from './units/UnitTable';
import { useConnection, useLive } from './useLive';

export function App() {
  const live = useLive();
  const alerts = useAlerts();
  const [selected, setSelected] = useState<string | null>(null);
  const [span, setSpan] = useState<Span>(SPANS[0]);
  const [following, setFollowing] = useState(false);
  const [text, setText] = useState('');
  const [filter, setFilter] = useState(ALL);
  const [sheet, setSheet] = useState<Sheet>('map');
  const [unitsOpen, setUnitsOpen] = useState(true);
  const [eventsOpen, setEventsOpen] = useState(true);
  const [helping, setHelping] = useState(false);
  const [singleKeys, setSingleKeys] = useSingleKeys();
  const [view, setView] = useView();
  const whereabouts = useWhereabouts();
  const map = useRef<MapHandle | null>(null);
  const track = useTrack(selected, span);
  const vouched = isVouched(useConnection());
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
  const showUnit = useCallback(
    (id: string) => {
      setSheet('map');
      show(id);
    },
    [show],
  );
  const showEvent = useCallback(
    (entry: FeedEntry) => {
      setSheet('map');
      setView('map');
      select(live.devices.slotOf(entry.device) === undefined ? null : entry.device);
      const place = placeOf(entry, live.devices);
      if (place) map.current?.show(place.lon, place.lat);
    },
    [live, select, setView],
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
  const openEvents = () => {
    setSheet('events');
    setEventsOpen(true);
  };
  const toggle = (wanted: 'table' | 'health') => { setView(view === wanted ? 'map' : wanted); };
  useEffect(() => {
    alerts?.showBy(showEvent);
  }, [alerts, showEvent]);
  useKeys(
    {
      search: () => document.querySelector<HTMLElement>('[data-search="units"]')?.focus(),
      next: () => { walk(1); },
      previous: () => { walk(-1); },
      units: focusUnits,
      events: focusEvents,
      acknowledge: acknowledgeCurrent,
      note: writeNote,
      follow: () => { setFollowing(selected !== null && !following); },
      health: () => { toggle('health'); },
      table: () => { toggle('table'); },
      mute: () => alerts?.sound.mute(alerts.sound.state() !== 'muted'),
      help: () => { setHelping(true); },
      close: () => {
        if (helping) return;
        if (view !== 'map') setView('map');
        else select(null);
      },
    },
    singleKeys,
  );

  return (
    <div className="page" data-sheet={sheet} data-view={view} data-vouched={vouched || live.devices.end === 0}>
      <Top
        text={text}
        view={view}
        onView={setView}
        onText={(next) => {
          setText(next);
          if (next !== '') setSheet((was) => (was === 'events' ? 'units' : was));
        }}
        onFirst={() => {
          const first = orders.rows({ text, filter: ALL, order: 'state', descending: false }, inView).at(0);
          if (first) show(first.id);
        }}
        onHelp={() => { setHelping(true); }}
      />
      <main className="room">
        {view === 'map' && (
          <Side id="units" name={texts.units.name} side="left" open={unitsOpen} onOpen={setUnitsOpen}>
            <UnitList
              text={text}
              filter={filter}
              selected={selected}
              inView={inView}
              whereabouts={whereabouts}
              onFilter={setFilter}
              onSelect={showUnit}
            />
          </Side>
        )}
        <div className="middle">
          <MapView
            selected={selected}
            track={track}
            following={following}
            onReady={onReady}
            onPick={select}
            onMoved={onMoved}
            onFollow={setFollowing}
          />
          <Notices />
          <AlarmBanner onOpen={openEvents} />
          {view === 'table' && (
            <UnitTable
              text={text}
              filter={filter}
              selected={selected}
              inView={inView}
              whereabouts={whereabouts}
              onText={setText}
              onFilter={setFilter}
              onSelect={select}
              onOpen={(id) => {
                setView('map');
                showUnit(id);
              }}
            />
          )}
          {selected !== null && (
            <UnitPanel
              id={selected}
              track={track}
              span={span}
              onSpan={setSpan}
              onHistory={() => undefined}
              whereabouts={whereabouts}
              following={following}
              onFollow={setFollowing}
              onClose={() => { select(null); }}
            />
          )}
        </div>
        <Side id="events" name={texts.events.name} side="right" open={eventsOpen} onOpen={setEventsOpen}>
          <EventPanel whereabouts={whereabouts} onShow={showEvent} onUnit={showUnit} />
        </Side>
      </main>
      <Sheets sheet={sheet} onSheet={setSheet} />
      {helping && <Help singleKeys={singleKeys} onSingleKeys={setSingleKeys} onClose={() => { setHelping(false); }} />}
    </div>
  );
}
