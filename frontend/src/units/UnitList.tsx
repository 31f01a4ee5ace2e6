import { useState } from 'react';
import type { Unit } from '../devices/store';
import type { Whereabouts } from '../map/whereabouts';
import { texts } from '../texts';
import { useLive } from '../useLive';
import { FilterSelects } from './FilterSelects';
import type { InView, UnitFilter } from './filter';
import { KindChips } from './KindChips';
import { NoUnits } from './NoUnits';
import type { Order } from './order';
import { UnitRow } from './UnitRow';
import { useRows } from './useRows';
import { useWindow } from './useWindow';

const ROW = 50;
const ORDERS = ['state', 'name', 'age', 'speed', 'battery'] as const satisfies readonly Order[];

interface Props {
  readonly text: string;
  readonly filter: UnitFilter;
  readonly selected: string | null;
  readonly inView: InView;
  readonly whereabouts: Whereabouts | null;
  readonly onFilter: (filter: UnitFilter) => void;
  readonly onSelect: (id: string) => void;
}

/** Every unit in a list of which only the rows on the screen exist; read anew once a second. */
export function UnitList({ text, filter, selected, inView, whereabouts, onFilter, onSelect }: Props) {
  const [order, setOrder] = useState<(typeof ORDERS)[number]>('state');
  const descending = order === 'speed';
  const { rows, total, groups, onRest } = useRows({ text, filter, order, descending }, inView);

  return (
    <section className="panel-body" aria-label={texts.units.name}>
      <header className="panel-head">
        <h2>
          {texts.units.name} <span className="muted">{texts.units.of(rows.length, total)}</span>
        </h2>
        <select
          aria-label={texts.units.order}
          value={order}
          onChange={(event) => { setOrder(event.target.value as (typeof ORDERS)[number]); }}
        >
          {ORDERS.map((value) => (
            <option key={value} value={value}>
              {texts.units.orders[value]}
            </option>
          ))}
        </select>
      </header>
      <div className="chips" role="group" aria-label={texts.units.filter}>
        <KindChips filter={filter} onFilter={onFilter} />
        <FilterSelects filter={filter} groups={groups} onFilter={onFilter} />
      </div>
      <List rows={rows} selected={selected} whereabouts={whereabouts} onSelect={onSelect} onRest={onRest} />
      {rows.length === 0 && <NoUnits total={total} text={text} />}
    </section>
  );
}

interface ListProps {
  readonly rows: readonly Unit[];
  readonly selected: string | null;
  readonly whereabouts: Whereabouts | null;
  readonly onSelect: (id: string) => void;
  readonly onRest: (resting: boolean) => void;
}

function List({ rows, selected, whereabouts, onSelect, onRest }: ListProps) {
  const now = useLive().clock.now();
  const at = rows.findIndex((unit) => unit.id === selected);
  const { box, first, last, onScroll, onKeyDown } = useWindow(ROW, rows.length, at, 0, (row) => { onSelect(rows[row].id); });
  return (
    <div
      ref={box}
      className="unit-rows"
      role="listbox"
      aria-label={texts.units.name}
      data-walk="units"
      tabIndex={0}
      aria-activedescendant={at >= first && at < last ? `unit-${rows[at].id}` : undefined}
      onScroll={onScroll}
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
