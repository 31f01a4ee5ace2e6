import { Suspense, lazy, useState } from 'react';
import type { Unit } from '../devices/store';
import { CopyPosition } from '../map/CopyPosition';
import type { Whereabouts } from '../map/whereabouts';
import { texts } from '../texts';
import { age, heading, percent, speed } from '../ui/format';
import { Glyph, UnitMark } from '../ui/icons';
import { useLive, useServerSecond } from '../useLive';
import { RefusedNote } from './RefusedNote';
import { Sparkline } from './Sparkline';
import { SPANS } from './track';
import type { Span } from './track';
import { UnitEvents } from './UnitEvents';
import type { Track } from './useTrack';

const UnitCharts = lazy(() => import('./UnitCharts'));

interface Props {
  readonly id: string;
  readonly track: Track;
  readonly span: Span;
  readonly whereabouts: Whereabouts | null;
  readonly following: boolean;
  readonly onSpan: (span: Span) => void;
  readonly onFollow: (following: boolean) => void;
  readonly onHistory: () => void;
  readonly onClose: () => void;
}

export function UnitPanel({ id, track, span, whereabouts, following, onSpan, onFollow, onHistory, onClose }: Props) {
  const { devices } = useLive();
  const now = useServerSecond();
  const [charts, setCharts] = useState(false);
  const unit = devices.unitById(id);
  if (!unit) {
    return null;
  }
  return (
    <section className="unit-panel" aria-label={texts.unit.name(unit.name)}>
      <header>
        <UnitMark shape={unit.shape} state={unit.state} alarm={unit.alarm} />
        <h2 dir="auto">{unit.name}</h2>
        <span className={`tone-${unit.alarm ? 'act-text' : unit.state}`}>
          {unit.alarm ? texts.unit.alarm(texts.units.states[unit.state]) : texts.units.states[unit.state]}
        </span>
        <button type="button" className="icon" onClick={onClose} aria-label={texts.page.close} title={texts.unit.close}>
          <Glyph of="close" />
        </button>
      </header>
      <Facts unit={unit} now={now} />
      <p className="unit-place">
        <strong>{whereabouts?.of(unit.lon, unit.lat) ?? texts.unit.noStreet}</strong>
        <CopyPosition lat={unit.lat} lon={unit.lon} />
      </p>
      {unit.skewed && <p className="late">{texts.unit.skewed}</p>}
      <RefusedNote id={id} />
      <UnitEvents id={id} />
      {charts ? (
        <Suspense fallback={<div className="sparkline-empty muted">{texts.unit.loading}</div>}>
          <UnitCharts track={track} />
        </Suspense>
      ) : (
        <Sparkline points={[...track.recorded, ...track.recent]} from={(now ?? 0) - span} to={now ?? 0} />
      )}
      <footer>
        <label className="muted">
          {texts.unit.last}{' '}
          <select aria-label={texts.unit.span} value={span} onChange={(event) => { onSpan(Number(event.target.value) as Span); }}>
            {SPANS.map((ms) => (
              <option key={ms} value={ms}>
                {texts.unit.spans[ms]}
              </option>
            ))}
          </select>
        </label>
        <button type="button" className="chip" aria-pressed={charts} onClick={() => { setCharts(!charts); }}>
          {texts.unit.charts}
        </button>
        <button type="button" className="chip" onClick={onHistory}>
          {texts.unit.history}
        </button>
        <button type="button" className="chip" aria-pressed={following} onClick={() => { onFollow(!following); }}>
          {following ? texts.unit.following : texts.unit.follow}
        </button>
      </footer>
      {track.problem !== null && <p className="late">{texts.unit.trackProblem(track.problem)}</p>}
    </section>
  );
}

function Facts({ unit, now }: { unit: Unit; now: number | null }) {
  const gone = unit.state === 'stale' || unit.state === 'offline';
  const ageMs = now === null ? Number.NaN : now - unit.seenAt;
  const facts: readonly (readonly [string, string, boolean])[] = [
    [gone ? texts.unit.lastSpeed : texts.unit.speed, speed(unit.speed), false],
    [texts.unit.heading, heading(unit.heading), false],
    [texts.unit.age, age(ageMs), gone || ageMs > 10_000],
    [texts.unit.battery, percent(unit.battery), unit.battery <= 20],
    [texts.unit.signal, percent(unit.signal), false],
    unit.groups.length > 0
      ? [texts.unit.group, unit.groups.join(', '), false]
      : [texts.unit.kind, unit.kind || texts.page.none, false],
  ];
  return (
    <dl>
      {facts.map(([name, value, late]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd className={late ? 'late' : undefined}>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
