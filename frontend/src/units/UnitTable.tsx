import { useState } from 'react';
import type { Unit } from '../devices/store';
import type { Whereabouts } from '../map/whereabouts';
import { texts } from '../texts';
import { useLive } from '../useLive';
import { COLUMNS } from './columns';
import type { Column } from './columns';
import { FilterSelects } from './FilterSelects';
import type { InView, UnitFilter } from './filter';
import { KindChips } from './KindChips';
import { NoUnits } from './NoUnits';
import type { Order } from './order';
import { useRows } from './useRows';
import { useWindow } from './useWindow';

const ROW = 34;
const HEAD = 34;

interface Props {
  readonly text: string;
  readonly filter: UnitFilter;
  readonly selected: string | null;
  readonly inView: InView;
  readonly whereabouts: Whereabouts | null;
  readonly onText: (text: string) => void;
  readonly onFilter: (filter: UnitFilter) => void;
  readonly onSelect: (id: string) => void;
  readonly onOpen: (id: string) => void;
}

/** Every unit with all its figures, sorted by any of them; only the rows on the screen exist. */
export function UnitTable({ text, filter, selected, inView, whereabouts, onText, onFilter, onSelect, onOpen }: Props) {
  const [sort, setSort] = useState<{ order: Order; descending: boolean }>({ order: 'state', descending: false });
  const { rows, total, groups, onRest } = useRows({ text, filter, ...sort }, inView);
  const at = rows.findIndex((unit) => unit.id === selected);
  const { box, first, last, onScroll, onKeyDown } = useWindow(ROW, rows.length, at, HEAD, (row) => { onSelect(rows[row].id); });

  return (
    <section className="table-view" aria-label={texts.units.table}>
      <header className="panel-head">
        <h2>
          {texts.units.name} <span className="muted">{texts.units.of(rows.length, total)}</span>
        </h2>
        <div className="table-filters" role="group" aria-label={texts.units.filter}>
          <input
            type="search"
            className="event-find"
            value={text}
            placeholder={texts.top.search}
            aria-label={texts.units.find}
            onChange={(event) => { onText(event.target.value); }}
          />
          <KindChips filter={filter} onFilter={onFilter} />
          <FilterSelects filter={filter} groups={groups} onFilter={onFilter} />
        </div>
      </header>
      <div
        ref={box}
        className="unit-table"
        role="grid"
        aria-label={texts.units.table}
        aria-rowcount={rows.length + 1}
        aria-colcount={COLUMNS.length}
        aria-activedescendant={at >= first && at < last ? `row-${rows[at].id}` : undefined}
        data-walk="units"
        tabIndex={0}
        onScroll={onScroll}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && event.target === event.currentTarget && at >= 0) onOpen(rows[at].id);
          else onKeyDown(event);
        }}
        onPointerEnter={() => { onRest(false); }}
        onPointerLeave={() => { onRest(true); }}
      >
        <Head sort={sort} onSort={setSort} />
        <div role="presentation" className="unit-rows-all" style={{ height: rows.length * ROW }}>
          <div role="presentation" style={{ transform: `translateY(${String(first * ROW)}px)` }}>
            {rows.slice(first, last).map((unit, i) => (
              <Row
                key={unit.id}
                unit={unit}
                index={first + i}
                selected={unit.id === selected}
                where={whereabouts?.of(unit.lon, unit.lat) ?? null}
                onSelect={onSelect}
                onOpen={onOpen}
              />
            ))}
          </div>
        </div>
      </div>
      {rows.length === 0 && <NoUnits total={total} text={text} />}
    </section>
  );
}

interface HeadProps {
  readonly sort: { readonly order: Order; readonly descending: boolean };
  readonly onSort: (sort: { order: Order; descending: boolean }) => void;
}

function Head({ sort, onSort }: HeadProps) {
  return (
    <div role="row" aria-rowindex={1} className="table-row table-head">
      {COLUMNS.map((column) => {
        const { order } = column;
        const sorted = order !== null && order === sort.order;
        return (
          <div
            key={column.name}
            role="columnheader"
            className={column.figure ? 'figure' : undefined}
            aria-sort={sorted ? (sort.descending ? 'descending' : 'ascending') : undefined}
          >
            {order === null ? (
              texts.units.columns[column.name]
            ) : (
              <button
                type="button"
                onClick={() => { onSort({ order, descending: sorted ? !sort.descending : column.descending }); }}
              >
                {texts.units.columns[column.name]}
                <span aria-hidden="true" className="sort-mark">
                  {sorted ? (sort.descending ? '▼' : '▲') : ''}
                </span>
              </button>
            )}
          </div>
        );
      })}
    </div>
  );
}

interface RowProps {
  readonly unit: Unit;
  readonly index: number;
  readonly selected: boolean;
  readonly where: string | null;
  readonly onSelect: (id: string) => void;
  readonly onOpen: (id: string) => void;
}

function Row({ unit, index, selected, where, onSelect, onOpen }: RowProps) {
  const now = useLive().clock.now() ?? Number.NaN;
  const className = (column: Column) => `cell-${column.name}${column.figure ? ' figure' : ''}`;
  return (
    <div
      role="row"
      id={`row-${unit.id}`}
      aria-rowindex={index + 2}
      aria-selected={selected}
      className={`table-row${unit.alarm ? ' unit-row-alarm' : ''}`}
      onClick={() => { onSelect(unit.id); }}
      onDoubleClick={() => { onOpen(unit.id); }}
    >
      {COLUMNS.map((column) => (
        <div key={column.name} role="gridcell" className={className(column)}>
          {column.cell(unit, now, where)}
        </div>
      ))}
    </div>
  );
}
