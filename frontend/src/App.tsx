import { Suspense, lazy, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useAlerts } from './alerts/useAlerts';
import { EventPanel } from './events/EventPanel';
import type { FeedEntry } from './events/feed';
import { placeOf } from './events/place';
import { HistoryPanel } from './history/HistoryPanel';
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
import { useRetired } from './unit/useRetired';
import { useTrack } from './unit/useTrack';
import { ALL } from './units/filter';
import { UnitList } from './units/UnitList';
import { UnitOrder } from './units/order';
import { UnitTable } from './units/UnitTable';
import type { Live } from './live';
import type { Past } from './past/past';
import { PastBanner, Timeline } from './past/Timeline';
import { usePast } from './past/usePast';
import type { PastHold } from './past/usePast';
import { LiveContext, useConnection, useLive } from './useLive';

const HealthPage = lazy(() => import('./health/HealthPage'));

export function App() {
  const live = useLive();
  const { past, enter, leave } = usePast();
  // What the map and the lists show; alarms and events are always live.
  const shown = past?.room ?? live;
  return (
    <LiveContext value={shown}>
      <Room live={live} past={past} onEnter={enter} onLeave={leave} />
    </LiveContext>
  );
}

interface Camera {
  readonly center: { lng: number; lat: number };
  readonly zoom: number;
}

interface RoomProps {
  readonly live: Live;
  readonly past: Past | null;
  readonly onEnter: PastHold['enter'];
  readonly onLeave: () => void;
}

function Room({ live, past, onEnter, onLeave }: RoomProps) {
  const shown = useLive();
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
  const [handle, setHandle] = useState<MapHandle | null>(null);
  const camera = useRef<Camera | null>(null);
  const [lookingBack, setLookingBack] = useState(false);
  const track = useTrack(selected, span, past?.jumps ?? 0);
  const vouched = isVouched(useConnection());
  const orders = useMemo(() => new UnitOrder(shown.devices), [shown]);

  const select = useCallback((id: string | null) => {
    if (id === null) setLookingBack(false);
    setSelected(id);
    setFollowing(false);
  }, []);
  const giveUp = useCallback(() => { select(null); }, [select]);
  useRetired(selected, giveUp);
  const show = useCallback(
    (id: string) => {
      select(id);
      const unit = shown.devices.unitById(id);
      if (unit && !Number.isNaN(unit.lon)) map.current?.show(unit.lon, unit.lat);
    },
    [shown, select],
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
      select(shown.devices.slotOf(entry.device) === undefined ? null : entry.device);
      const place = placeOf(entry, live.devices);
      if (place) map.current?.show(place.lon, place.lat);
    },
    [live, shown, select, setView],
  );
  const onReady = useCallback(
    (handle: MapHandle | null) => {
      map.current = handle;
      setHandle(handle);
      // The past has a map of its own: it shows the same place.
      if (handle && camera.current) handle.map.jumpTo(camera.current);
      exposeSightline(shown, handle);
    },
    [shown],
  );
  const inView = useCallback((lon: number, lat: number) => map.current?.map.getBounds().contains([lon, lat]) ?? true, []);
  const onMoved = useCallback(() => {
    const moved = map.current?.map;
    if (moved) camera.current = { center: moved.getCenter(), zoom: moved.getZoom() };
  }, []);
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
      history: () => { setLookingBack(selected !== null && !lookingBack); },
      play: () => { document.querySelector<HTMLElement>('.history [data-play], [data-play]')?.click(); },
      live: onLeave,
      health: () => { toggle('health'); },
      table: () => { toggle('table'); },
      mute: () => alerts?.sound.mute(alerts.sound.state() !== 'muted'),
      help: () => { setHelping(true); },
      close: () => {
        if (helping) return;
        if (view !== 'map') setView('map');
        else if (lookingBack) setLookingBack(false);
        else select(null);
      },
    },
    singleKeys,
  );

  return (
    <div className="page" data-sheet={sheet} data-view={view} data-time={past ? 'past' : 'now'} data-history={lookingBack && selected !== null} data-vouched={vouched || shown.devices.end === 0}>
      <LiveContext value={live}>
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
      </LiveContext>
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
          <LiveContext value={live}>
            {past ? <PastBanner past={past} now={live.clock.now()} onLive={onLeave} /> : <Notices />}
            <AlarmBanner onOpen={openEvents} />
          </LiveContext>
          {view === 'health' && (
            <LiveContext value={live}>
              <Suspense fallback={<p className="health">{texts.health.loading}</p>}>
                <HealthPage />
              </Suspense>
            </LiveContext>
          )}
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
          {selected !== null && view === 'map' &&
            (lookingBack ? (
              <HistoryPanel
                key={selected}
                id={selected}
                map={handle}
                whereabouts={whereabouts}
                onClose={() => { setLookingBack(false); }}
              />
            ) : (
              <UnitPanel
                id={selected}
                track={track}
                span={span}
                onSpan={setSpan}
                onHistory={() => { setLookingBack(true); }}
                whereabouts={whereabouts}
                following={following}
                onFollow={setFollowing}
                onClose={() => { select(null); }}
              />
            ))}
        </div>
        <Side id="events" name={texts.events.name} side="right" open={eventsOpen} onOpen={setEventsOpen}>
          <LiveContext value={live}>
            <EventPanel past={past !== null} whereabouts={whereabouts} onShow={showEvent} onUnit={showUnit} />
          </LiveContext>
        </Side>
      </main>
      <LiveContext value={live}>
        <Timeline past={past} onEnter={onEnter} onLive={onLeave} />
        <Sheets sheet={sheet} onSheet={setSheet} />
      </LiveContext>
      {helping && <Help singleKeys={singleKeys} onSingleKeys={setSingleKeys} onClose={() => { setHelping(false); }} />}
    </div>
  );
}
