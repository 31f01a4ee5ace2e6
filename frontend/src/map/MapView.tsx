import { useEffect, useRef, useState } from 'react';
import { isVouched } from '../health/freshness';
import type { Track } from '../unit/useTrack';
import { Glyph } from '../ui/icons';
import { useConnection, useLive } from '../useLive';
import type { MapEvents, MapHandle } from './mapHandle';

interface Props extends MapEvents {
  readonly selected: string | null;
  readonly track: Track;
  readonly following: boolean;
  readonly onReady: (handle: MapHandle | null) => void;
}

/** The map's place in the page; what moves on it never passes through here. */
export function MapView({ selected, track, following, onReady, onPick, onMoved }: Props) {
  const { devices } = useLive();
  const vouched = isVouched(useConnection());
  const unvouched = !vouched && devices.end > 0;
  const host = useRef<HTMLDivElement>(null);
  const [handle, setHandle] = useState<MapHandle | null>(null);
  const [problem, setProblem] = useState<string | null>(null);

  useEffect(() => {
    if (!host.current) return;
    let made: MapHandle | null = null;
    let gone = false;
    const element = host.current;
    const open = async () => {
      // The map's code comes by itself, so that lists and pill need not wait for it; labels are drawn from
      // the page's font, which has to be there before the first of them.
      const [{ MapHandle }] = await Promise.all([
        import('./mapHandle'),
        document.fonts.load('500 13px "Inter Variable"').catch(() => []),
      ]);
      if (gone) return;
      made = new MapHandle(element, devices, { onPick, onMoved });
      setHandle(made);
      onReady(made);
    };
    open().catch((error: unknown) => {
      setProblem(error instanceof Error ? error.message : String(error));
    });
    return () => {
      gone = true;
      made?.close();
      setHandle(null);
      onReady(null);
    };
  }, [devices, onPick, onMoved, onReady]);

  useEffect(() => handle?.markers.vouch(vouched), [handle, vouched]);
  useEffect(() => handle?.markers.select(selected), [handle, selected]);
  useEffect(() => {
    if (!handle) return;
    const show = () => { handle.showTrack(track); };
    if (handle.map.isStyleLoaded()) show();
    else handle.map.once('idle', show);
  }, [handle, track]);
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
          The map can’t be drawn: {problem}. Units and events are still live in the lists.
        </p>
      )}
      <div className="map-buttons">
        <button type="button" aria-label="Zoom in" title="Zoom in" onClick={() => handle?.map.zoomIn()}>
          <Glyph of="plus" />
        </button>
        <button type="button" aria-label="Zoom out" title="Zoom out" onClick={() => handle?.map.zoomOut()}>
          <Glyph of="minus" />
        </button>
        <button type="button" aria-label="Whole country" title="Whole country" onClick={() => handle?.home()}>
          <Glyph of="whole" />
        </button>
      </div>
    </div>
  );
}
