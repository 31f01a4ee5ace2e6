import type { Whereabouts } from '../map/whereabouts';
import { age, heading, percent, position, speed } from '../ui/format';
import { Glyph, UnitMark } from '../ui/icons';
import { useLive, useServerSecond } from '../useLive';
import { Sparkline } from './Sparkline';
import { TRACK_MS } from './track';
import type { Track } from './useTrack';

interface Props {
  readonly id: string;
  readonly track: Track;
  readonly whereabouts: Whereabouts | null;
  readonly following: boolean;
  readonly onFollow: (following: boolean) => void;
  readonly onClose: () => void;
}

export function UnitPanel({ id, track, whereabouts, following, onFollow, onClose }: Props) {
  const { devices } = useLive();
  const now = useServerSecond();
  const unit = devices.unitById(id);
  if (!unit) {
    return null;
  }
  const gone = unit.state === 'stale' || unit.state === 'offline';
  const ageMs = now === null ? Number.NaN : now - unit.seenAt;
  const facts: readonly (readonly [string, string, boolean])[] = [
    [gone ? 'Last speed' : 'Speed', speed(unit.speed), false],
    ['Heading', heading(unit.heading), false],
    ['Age', age(ageMs), gone || ageMs > 10_000],
    ['Battery', percent(unit.battery), unit.battery <= 20],
    ['Signal', percent(unit.signal), false],
    ['Kind', unit.kind || '–', false],
  ];
  return (
    <section className="unit-panel" aria-label={`Unit ${unit.name}`}>
      <header>
        <UnitMark shape={unit.shape} state={unit.state} alarm={unit.alarm} />
        <h2>{unit.name}</h2>
        <span className={`tone-${unit.alarm ? 'act-text' : unit.state}`}>
          {unit.alarm ? `alarm · ${unit.state}` : unit.state}
        </span>
        <button type="button" className="icon" onClick={onClose} aria-label="Close" title="Close (Esc)">
          <Glyph of="close" />
        </button>
      </header>
      <dl>
        {facts.map(([name, value, late]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd className={late ? 'late' : undefined}>{value}</dd>
          </div>
        ))}
      </dl>
      <p className="unit-place">
        <strong>{whereabouts?.of(unit.lon, unit.lat) ?? 'No street known here'}</strong>
        <span className="muted">{position(unit.lat, unit.lon)}</span>
      </p>
      {unit.skewed && <p className="late">Its clock is wrong: ages are by the time of arrival.</p>}
      <Sparkline points={[...track.recorded, ...track.recent]} from={(now ?? 0) - TRACK_MS} to={now ?? 0} />
      <footer>
        <span className={track.problem === null ? 'muted' : 'late'}>
          {track.problem === null ? 'speed and track, last 15 min' : `track: ${track.problem}`}
        </span>
        <button type="button" className="chip" aria-pressed={following} onClick={() => { onFollow(!following); }}>
          {following ? 'Following' : 'Follow'}
        </button>
      </footer>
    </section>
  );
}
