import { useMemo, useState } from 'react';
import type { Unit } from '../devices/store';
import { useLive, useSecond } from '../useLive';
import type { InView } from './filter';
import { UnitOrder } from './order';
import type { Query } from './order';

interface Held {
  readonly query: Query | null;
  readonly second: number;
  readonly rows: Unit[];
}

export interface Rows {
  readonly rows: readonly Unit[];
  readonly total: number;
  readonly groups: readonly string[];
  /** Somebody points at a row: its place is kept until they leave. */
  readonly onRest: (resting: boolean) => void;
}

/** The units that are wanted, with fresh figures each second; the order changes only at rest. */
export function useRows(query: Query, inView: InView): Rows {
  const { devices } = useLive();
  const second = useSecond();
  const orders = useMemo(() => new UnitOrder(devices), [devices]);
  const [resting, setResting] = useState(true);
  const [held, setHeld] = useState<Held>({ query: null, second: -1, rows: [] });
  const total = devices.counts().total;
  const same = held.query !== null && sameQuery(held.query, query);
  if (same && held.second === second) {
    return { rows: held.rows, total, groups: orders.groups(), onRest: setResting };
  }
  const rows =
    same && !resting && held.rows.length > 0
      ? held.rows.flatMap((unit) => devices.unitById(unit.id) ?? [])
      : orders.rows(query, inView);
  setHeld({ query, second, rows });
  return { rows, total, groups: orders.groups(), onRest: setResting };
}

function sameQuery(a: Query, b: Query): boolean {
  return a.text === b.text && a.filter === b.filter && a.order === b.order && a.descending === b.descending;
}
