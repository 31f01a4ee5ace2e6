import { texts } from '../texts';
import { Glyph } from '../ui/icons';
import { useLive } from '../useLive';

const SHOWN = 5;

interface Props {
  readonly selected: string | null;
  readonly following: boolean;
  readonly watched: readonly string[];
  readonly onFollow: (following: boolean) => void;
  readonly onWatch: (ids: readonly string[]) => void;
  readonly onFit: () => void;
}

/** What the map keeps an eye on: the unit it follows, and the units whose trails it draws. */
export function MapTools({ selected, following, watched, onFollow, onWatch, onFit }: Props) {
  const { devices } = useLive();
  const nameOf = (id: string) => devices.unitById(id)?.name ?? id;
  if (selected === null && watched.length === 0) return null;
  return (
    <div className="map-tools" role="group" aria-label={texts.map.tools}>
      {selected !== null && following && (
        <button type="button" className="chip" onClick={() => { onFollow(false); }}>
          {texts.map.following(nameOf(selected))} <Glyph of="close" />
        </button>
      )}
      {selected !== null && !watched.includes(selected) && (
        <button type="button" className="chip" title={texts.map.keepTrailTip} onClick={() => { onWatch([...watched, selected]); }}>
          {texts.map.keepTrail(nameOf(selected))}
        </button>
      )}
      {watched.slice(-SHOWN).map((id) => (
        <button
          key={id}
          type="button"
          className="chip"
          aria-label={texts.map.endTrail(nameOf(id))}
          onClick={() => { onWatch(watched.filter((other) => other !== id)); }}
        >
          {nameOf(id)} <Glyph of="close" />
        </button>
      ))}
      {watched.length > SHOWN && <span className="muted">{texts.map.more(watched.length - SHOWN)}</span>}
      <button type="button" className="chip" onClick={onFit}>
        {texts.map.fit}
      </button>
      {watched.length > 1 && (
        <button type="button" className="chip" onClick={() => { onWatch([]); }}>
          {texts.map.endTrails}
        </button>
      )}
    </div>
  );
}
