import { useCallback, useEffect, useRef, useState } from 'react';
import { isVouched } from '../health/freshness';
import { texts } from '../texts';
import { useTheme } from '../ui/theme';
import type { Track } from '../unit/trackFeed';
import { useConnection, useLive } from '../useLive';
import { BasemapChoice } from './BasemapChoice';
import { chosenBasemap, readBasemaps, rememberBasemap } from './basemaps';
import type { Basemap } from './basemaps';
import { Chooser } from './Chooser';
import { MapButtons } from './MapButtons';
import type { MapHandle } from './mapHandle';
import { MapTools } from './MapTools';
import type { Choice } from './picks';
import './map.css';

interface Props {
  readonly selected: string | null;
  readonly track: Track;
  readonly following: boolean;
  readonly onReady: (handle: MapHandle | null) => void;
  readonly onPick: (id: string | null) => void;
  readonly onMoved: () => void;
  readonly onFollow: (following: boolean) => void;
}

/** The map's place in the page; what moves on it never passes through here. */
export function MapView({ selected, track, following, onReady, onPick, onMoved, onFollow }: Props) {
  const live = useLive();
  const { theme, choose } = useTheme();
  const vouched = isVouched(useConnection());
  const unvouched = !vouched && live.devices.end > 0;
  const [choice, setChoice] = useState<Choice | null>(null);
  const [watched, setWatched] = useState<readonly string[]>([]);
  const onWatch = useCallback((id: string) => {
    setWatched((ids) => (ids.includes(id) ? ids.filter((other) => other !== id) : [...ids, id]));
  }, []);
  const onDragged = useCallback(() => { onFollow(false); }, [onFollow]);
  const { host, handle, problem, basemaps } = useMapHandle({ onReady, onPick, onMoved, onWatch, onDragged, onChoose: setChoice });

  useEffect(() => handle?.dress(theme), [handle, theme]);
  useEffect(() => handle?.markers.vouch(vouched), [handle, vouched]);
  useEffect(() => handle?.markers.select(selected), [handle, selected]);
  useEffect(() => handle?.watched.watch(watched), [handle, watched]);
  useEffect(() => handle?.showTrack(selected, track), [handle, selected, track]);
  useEffect(() => {
    if (!handle) return;
    const look = () => { live.look(handle.bbox(), handle.map.getZoom(), selected === null ? watched : [selected, ...watched]); };
    look();
    handle.map.on('move', look);
    return () => { handle.map.off('move', look); };
  }, [live, handle, selected, watched]);
  useEffect(() => {
    if (!handle) return;
    const show = () => { handle.markers.showCells(live.cells); };
    show();
    return live.onCells(show);
  }, [live, handle]);
  useEffect(() => {
    if (!handle || !following || selected === null) return;
    handle.keepInSight(selected);
    const timer = setInterval(() => { handle.keepInSight(selected); }, 1_000);
    return () => { clearInterval(timer); };
  }, [handle, following, selected]);

  return (
    <div className="map-frame">
      <div ref={host} className={unvouched ? 'map map-unvouched' : 'map'} data-testid="map" />
      {problem !== null && (
        <p className="map-problem" role="alert">
          {texts.map.problem(problem)}
        </p>
      )}
      <MapTools
        selected={selected}
        following={following}
        watched={watched}
        onFollow={onFollow}
        onWatch={setWatched}
        onFit={() => handle?.fit(selected === null ? watched : [selected, ...watched])}
      />
      {basemaps.length > 0 && (
        <BasemapChoice
          basemaps={basemaps}
          onChoose={(basemap) => {
            rememberBasemap(basemap);
            handle?.lay(basemap);
          }}
        />
      )}
      <MapButtons handle={handle} theme={theme} onTheme={choose} />
      {choice !== null && (
        <Chooser
          choice={choice}
          onPick={(id) => {
            setChoice(null);
            onPick(id);
          }}
          onClose={() => { setChoice(null); }}
        />
      )}
    </div>
  );
}

/** The map waits so long for the list of the operator's basemaps, and is then drawn with its own. */
const BASEMAPS_MS = 2_000;

interface Opening {
  readonly onReady: (handle: MapHandle | null) => void;
  readonly onPick: (id: string | null) => void;
  readonly onMoved: () => void;
  readonly onWatch: (id: string) => void;
  readonly onDragged: () => void;
  readonly onChoose: (choice: Choice | null) => void;
}

function useMapHandle({ onReady, onPick, onMoved, onWatch, onDragged, onChoose }: Opening) {
  const { clock, devices } = useLive();
  const { theme } = useTheme();
  const host = useRef<HTMLDivElement>(null);
  const firstTheme = useRef(theme);
  const [handle, setHandle] = useState<MapHandle | null>(null);
  const [basemaps, setBasemaps] = useState<readonly Basemap[]>([]);
  const [problem, setProblem] = useState<string | null>(null);

  useEffect(() => {
    if (!host.current) return;
    let made: MapHandle | null = null;
    let gone = false;
    const waiting = new AbortController();
    const element = host.current;
    const open = async () => {
      // The map's code comes by itself, so that lists and pill need not wait for it; labels are drawn from
      // the page's font, which has to be there before the first of them.
      const [{ MapHandle }, found] = await Promise.all([
        import('./mapHandle'),
        readBasemaps(AbortSignal.any([waiting.signal, AbortSignal.timeout(BASEMAPS_MS)])),
        document.fonts.load('500 13px "Inter Variable"').catch(() => []),
      ]);
      if (gone) return;
      made = new MapHandle(element, devices, clock, firstTheme.current, chosenBasemap(found), { onPick, onMoved, onWatch, onDragged, onChoose });
      setBasemaps(found);
      setHandle(made);
      onReady(made);
    };
    open().catch((error: unknown) => {
      setProblem(error instanceof Error ? error.message : String(error));
    });
    return () => {
      gone = true;
      waiting.abort();
      made?.close();
      setHandle(null);
      onReady(null);
    };
  }, [clock, devices, onPick, onMoved, onReady, onWatch, onDragged, onChoose]);

  return { host, handle, problem, basemaps };
}
