import type { ReactNode } from 'react';
import type { Unit } from '../devices/store';
import { texts } from '../texts';
import { age, heading, percent, speed } from '../ui/format';
import { UnitMark } from '../ui/icons';
import type { Order } from './order';

export interface Column {
  readonly name: keyof typeof texts.units.columns;
  /** What a press on its head sorts by, and whether the greatest come first. */
  readonly order: Order | null;
  readonly descending: boolean;
  readonly figure: boolean;
  readonly cell: (unit: Unit, now: number, where: string | null) => ReactNode;
}

const LATE_MS = 10_000;

/** The table's columns; ages and silence are in words as well as in colour. */
export const COLUMNS: readonly Column[] = [
  column('name', 'name', (unit) => (
    <>
      <UnitMark shape={unit.shape} state={unit.state} alarm={unit.alarm} /> <strong dir="auto">{unit.name}</strong>
    </>
  )),
  column('state', 'state', (unit) => (
    <span className={`tone-${unit.alarm ? 'act-text' : unit.state}`}>
      {unit.alarm ? texts.unit.alarm(texts.units.states[unit.state]) : texts.units.states[unit.state]}
    </span>
  )),
  column('kind', 'kind', (unit) => unit.kind || texts.page.none),
  column('group', 'group', (unit) => unit.groups.join(', ') || texts.page.none),
  figure('speed', 'speed', true, (unit) => (isGone(unit) ? texts.page.none : speed(unit.speed))),
  figure('heading', null, false, (unit) => heading(unit.heading)),
  figure('battery', 'battery', false, (unit) => (
    <span className={unit.battery <= 20 ? 'late' : undefined}>{percent(unit.battery)}</span>
  )),
  figure('signal', 'signal', false, (unit) => percent(unit.signal)),
  column('place', null, (unit, _now, where) => {
    const place = where ?? (Number.isNaN(unit.lat) ? texts.units.noPosition : texts.page.none);
    return isGone(unit) && where !== null ? texts.units.lastAt(place) : place;
  }),
  figure('age', 'age', false, (unit, now) => {
    const ageMs = now - unit.seenAt;
    return <span className={isGone(unit) || ageMs > LATE_MS ? 'late' : undefined}>{age(ageMs)}</span>;
  }),
];

function column(name: Column['name'], order: Order | null, cell: Column['cell']): Column {
  return { name, order, descending: false, figure: false, cell };
}

function figure(name: Column['name'], order: Order | null, descending: boolean, cell: Column['cell']): Column {
  return { name, order, descending, figure: true, cell };
}

function isGone(unit: Unit): boolean {
  return unit.state === 'stale' || unit.state === 'offline';
}
