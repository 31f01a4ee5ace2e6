import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { KeyboardEvent } from 'react';
import type { Unit } from '../devices/store';
import type { Whereabouts } from '../map/whereabouts';
import { texts } from '../texts';
import { useLive, useSecond } from '../useLive';
import { UnitOrder } from './order';
import type { Filter, InView, Order } from './order';
import { UnitRow } from './UnitRow';
import { windowOf } from './window';

const ROW = 50;
const FILTERS: readonly Filter[] = ['all', 'in view', 'vehicle', 'camera', 'sensor'];
const ORDERS: readonly Order[] = ['state', 'name', 'age'];

interface Props {
  readonly text: string;
  readonly selected: string | null;
  readonly inView: InView;
  readonly whereabouts: Whereabouts | null;
  readonly onSelect: (id: string) => void;
}

/** Every unit in a list of which only the rows on the screen exist; read anew once a second. */
export function UnitList({ text, selected, inView, whereabouts, onSelect }: Props) {
  const { devices, clock } = useLive();
  const second = useSecond();
  const now = clock.now();
  const [filter, setFilter] = useState<Filter>('all');
  const [order, setOrder] = useState<Order>('state');
  const orders = useMemo(() => new UnitOrder(devices), [devices]);
  const [resting, setResting] = useState(true);
  const rows = useRows(() => orders.rows({ text, filter, order }, inView), {
    key: `${text}|${filter}|${order}`,
    second,
    resting,
    fresh: (id) => devices.unitById(id),
  });
  const total = devices.counts().total;

  return (
    <section className="panel-body" aria-label={texts.units.name}>
      <header className="panel-head">
        <h2>
          {texts.units.name} <span className="muted">{texts.units.of(rows.length, total)}</span>
        </h2>
        <select
          aria-label={texts.units.order}
          value={order}
          onChange={(event) => { setOrder(event.target.value as Order); }}
        >
          {ORDERS.map((value) => (
            <option key={value} value={value}>
              {texts.units.orders[value]}
            </option>
          ))}
        </select>
      </header>
      <div className="chips" role="group" aria-label={texts.units.filter}>
        {FILTERS.map((value) => (
          <button
            key={value}
            type="button"
            className="chip"
            aria-pressed={filter === value}
            onClick={() => { setFilter(value); }}
          >
            {texts.units.filters[value]}
          </button>
        ))}
      </div>
      <Rows
        rows={rows}
        now={now}
        selected={selected}
        whereabouts={whereabouts}
        onSelect={onSelect}
        onRest={setResting}
      />
      {rows.length === 0 && <Empty total={total} text={text} />}
    </section>
  );
}

function Empty({ total, text }: { total: number; text: string }) {
  if (total === 0) {
    return (
      <p className="empty">
        {texts.units.noneYet} <code>devices/ID/location</code>.
      </p>
    );
  }
  return <p className="empty">{text ? texts.units.noMatch(text) : texts.units.noneHere}</p>;
}

/** Figures are fresh each second; the order changes only while nobody is pointing at a row. */
function useRows(
  make: () => Unit[],
  { key, second, resting, fresh }: { key: string; second: number; resting: boolean; fresh: (id: string) => Unit | null },
): Unit[] {
  const [held, setHeld] = useState<{ key: string; second: number; rows: Unit[] }>({ key: '', second: -1, rows: [] });
  if (held.key === key && held.second === second) {
    return held.rows;
  }
  const rows =
    held.key === key && !resting && held.rows.length > 0
      ? held.rows.flatMap((unit) => fresh(unit.id) ?? [])
      : make();
  setHeld({ key, second, rows });
  return rows;
}

interface RowsProps {
  readonly rows: readonly Unit[];
  readonly now: number | null;
  readonly selected: string | null;
  readonly whereabouts: Whereabouts | null;
  readonly onSelect: (id: string) => void;
  readonly onRest: (resting: boolean) => void;
}

function Rows({ rows, now, selected, whereabouts, onSelect, onRest }: RowsProps) {
  const box = useRef<HTMLDivElement>(null);
  const [scroll, setScroll] = useState({ top: 0, height: 800 });
  const { first, last } = windowOf(scroll.top, scroll.height, ROW, rows.length);
  const at = rows.findIndex((unit) => unit.id === selected);

  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    const measure = () => { setScroll({ top: element.scrollTop, height: element.clientHeight || 800 }); };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => { observer.disconnect(); };
  }, []);

  useEffect(() => {
    const element = box.current;
    if (element && at >= 0 && document.activeElement === element) {
      keepInView(element, at * ROW);
    }
  }, [at]);

  const onKeyDown = (event: KeyboardEvent) => {
    const target = targetOf(event.key, at, rows.length);
    if (target !== null && rows[target]) {
      event.preventDefault();
      onSelect(rows[target].id);
    }
  };

  return (
    <div
      ref={box}
      className="unit-rows"
      role="listbox"
      aria-label={texts.units.name}
      data-walk="units"
      tabIndex={0}
      aria-activedescendant={at >= first && at < last ? `unit-${rows[at].id}` : undefined}
      onScroll={(event) => { setScroll({ top: event.currentTarget.scrollTop, height: event.currentTarget.clientHeight }); }}
      onKeyDown={onKeyDown}
      onPointerEnter={() => { onRest(false); }}
      onPointerLeave={() => { onRest(true); }}
    >
      <div role="presentation" className="unit-rows-all" style={{ height: rows.length * ROW }}>
        <div role="presentation" className="unit-rows-shown" style={{ transform: `translateY(${String(first * ROW)}px)` }}>
          {rows.slice(first, last).map((unit, i) => (
            <UnitRow
              key={unit.id}
              unit={unit}
              ageMs={now === null ? Number.NaN : now - unit.seenAt}
              where={whereabouts?.of(unit.lon, unit.lat) ?? null}
              selected={unit.id === selected}
              index={first + i}
              of={rows.length}
              onSelect={onSelect}
            />
          ))}
        </div>
      </div>
    </div>
  );
}

function targetOf(key: string, at: number, count: number): number | null {
  switch (key) {
    case 'ArrowDown':
      return Math.min(count - 1, at + 1);
    case 'ArrowUp':
      return Math.max(0, at - 1);
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return null;
  }
}

function keepInView(element: HTMLElement, top: number): void {
  if (top < element.scrollTop) {
    element.scrollTop = top;
  } else if (top + ROW > element.scrollTop + element.clientHeight) {
    element.scrollTop = top + ROW - element.clientHeight;
  }
}
