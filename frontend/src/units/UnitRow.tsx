import { memo } from 'react';
import type { Unit } from '../devices/store';
import { texts } from '../texts';
import { age, speed } from '../ui/format';
import { UnitMark } from '../ui/icons';

const LATE_MS = 10_000;

interface Props {
  readonly unit: Unit;
  readonly ageMs: number;
  readonly where: string | null;
  readonly selected: boolean;
  readonly index: number;
  readonly of: number;
  readonly onSelect: (id: string) => void;
}

export const UnitRow = memo(function UnitRow({ unit, ageMs, where, selected, index, of, onSelect }: Props) {
  const gone = unit.state === 'stale' || unit.state === 'offline';
  const late = gone || ageMs > LATE_MS;
  const place = where ?? (Number.isNaN(unit.lat) ? texts.units.noPosition : unit.kind);
  return (
    <div
      role="option"
      id={`unit-${unit.id}`}
      aria-selected={selected}
      aria-setsize={of}
      aria-posinset={index + 1}
      className={`unit-row${unit.alarm ? ' unit-row-alarm' : ''}`}
      onClick={() => { onSelect(unit.id); }}
    >
      <UnitMark shape={unit.shape} state={unit.state} alarm={unit.alarm} />
      <span className="unit-who">
        <strong dir="auto">{unit.name}</strong>
        <span className={`tone-${unit.alarm ? 'act-text' : unit.state}`}>{unit.alarm ? texts.units.alarm : texts.units.states[unit.state]}</span>
      </span>
      <span className="unit-speed">{gone ? texts.page.none : speed(unit.speed)}</span>
      <span className="unit-where">{gone && where !== null ? texts.units.lastAt(place) : place}</span>
      <span className={late ? 'unit-age late' : 'unit-age'}>{age(ageMs)}</span>
      <Battery percent={unit.battery} />
    </div>
  );
});

function Battery({ percent }: { percent: number }) {
  const known = !Number.isNaN(percent);
  return (
    <span
      className={`battery${percent <= 20 ? ' battery-low' : ''}`}
      title={known ? texts.units.battery(Math.round(percent)) : texts.units.noBattery}
    >
      <span style={{ width: known ? `${String(percent)}%` : 0 }} />
    </span>
  );
}
