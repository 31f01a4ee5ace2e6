import { texts } from '../texts';
import type { Kind, UnitFilter } from './filter';

const KINDS = ['vehicle', 'camera', 'sensor'] as const satisfies readonly Kind[];

interface Props {
  readonly filter: UnitFilter;
  readonly onFilter: (filter: UnitFilter) => void;
}

/** The filters of one press: all, in view, and the kinds. */
export function KindChips({ filter, onFilter }: Props) {
  const chip = (name: string, pressed: boolean, next: UnitFilter) => (
    <button key={name} type="button" className="chip" aria-pressed={pressed} onClick={() => { onFilter(next); }}>
      {name}
    </button>
  );
  return (
    <>
      {chip(texts.units.filters.all, filter.kind === 'all' && !filter.inView, { ...filter, kind: 'all', inView: false })}
      {chip(texts.units.filters['in view'], filter.inView, { ...filter, inView: !filter.inView })}
      {KINDS.map((kind) =>
        chip(texts.units.kinds[kind], filter.kind === kind, { ...filter, kind: filter.kind === kind ? 'all' : kind }),
      )}
    </>
  );
}
