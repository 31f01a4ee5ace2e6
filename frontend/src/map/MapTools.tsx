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
    <div className="map-tools" role="group" aria-label="Watched on the map">
      {selected !== null && following && (
        <button type="button" className="chip" onClick={() => { onFollow(false); }}>
          Following {nameOf(selected)} <Glyph of="close" />
        </button>
      )}
      {selected !== null && !watched.includes(selected) && (
        <button type="button" className="chip" title="Or Shift-click a unit" onClick={() => { onWatch([...watched, selected]); }}>
          Keep trail of {nameOf(selected)}
        </button>
      )}
      {watched.slice(-SHOWN).map((id) => (
        <button
          key={id}
          type="button"
          className="chip"
          aria-label={`End trail of ${nameOf(id)}`}
          onClick={() => { onWatch(watched.filter((other) => other !== id)); }}
        >
          {nameOf(id)} <Glyph of="close" />
        </button>
      ))}
      {watched.length > SHOWN && <span className="muted">and {watched.length - SHOWN} more</span>}
      <button type="button" className="chip" onClick={onFit}>
        Fit
      </button>
      {watched.length > 1 && (
        <button type="button" className="chip" onClick={() => { onWatch([]); }}>
          End all trails
        </button>
      )}
    </div>
  );
}
