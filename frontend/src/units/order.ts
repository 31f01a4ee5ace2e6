import { STATES } from '../devices/store';
import type { DeviceStore, Unit } from '../devices/store';
import { passes } from './filter';
import type { InView, UnitFilter } from './filter';

export type Order = 'state' | 'name' | 'kind' | 'group' | 'speed' | 'battery' | 'signal' | 'age';

export interface Query {
  readonly text: string;
  readonly filter: UnitFilter;
  readonly order: Order;
  readonly descending: boolean;
}

const COLLATOR = new Intl.Collator('en', { numeric: true });

/** Smaller comes first; units without the figure come last, whichever way it is sorted. */
const FIGURE: Record<Exclude<Order, 'name' | 'kind' | 'group'>, (unit: Unit) => number> = {
  state: (unit) => (unit.alarm ? -1 : STATES.indexOf(unit.state)),
  speed: (unit) => unit.speed,
  battery: (unit) => unit.battery,
  signal: (unit) => unit.signal,
  // The longest silent first, as in a list of what to worry about.
  age: (unit) => unit.seenAt,
};

/**
 * The list's rows as unit ids, in order. Comparing names is slow, so the order by name is kept until
 * who is there changes; the others are made from it, and keep it among equals.
 */
export class UnitOrder {
  private membership = -1;
  private byName: readonly string[] = [];

  constructor(private readonly devices: DeviceStore) {}

  rows({ text, filter, order, descending }: Query, inView: InView): Unit[] {
    const wanted = text.trim().toLowerCase();
    const units = this.names().flatMap((id) => {
      const unit = this.devices.unitById(id);
      return unit && passes(unit, filter, inView) && matches(unit, wanted) ? [unit] : [];
    });
    const sign = descending ? -1 : 1;
    switch (order) {
      case 'name':
        return descending ? units.reverse() : units;
      case 'kind':
        return units.sort((a, b) => sign * compareText(a.kind, b.kind));
      case 'group':
        return units.sort((a, b) => sign * compareText(a.groups.join(), b.groups.join()));
      case 'state':
      case 'speed':
      case 'battery':
      case 'signal':
      case 'age':
        return units.sort(byFigure(FIGURE[order], sign));
    }
  }

  /** Every group that any unit is in, by name. */
  groups(): readonly string[] {
    const all = new Set<string>();
    for (let slot = 0; slot < this.devices.end; slot++) {
      if (this.devices.ids[slot] !== null) {
        for (const group of this.devices.groups[slot]) all.add(group);
      }
    }
    return [...all].sort((a, b) => COLLATOR.compare(a, b));
  }

  private names(): readonly string[] {
    if (this.membership !== this.devices.membership) {
      this.membership = this.devices.membership;
      this.byName = this.devices
        .units()
        .sort((a, b) => COLLATOR.compare(a.name, b.name))
        .map((unit) => unit.id);
    }
    return this.byName;
  }
}

function byFigure(figure: (unit: Unit) => number, sign: number): (a: Unit, b: Unit) => number {
  return (a, b) => {
    const [left, right] = [figure(a), figure(b)];
    if (Number.isNaN(left) || Number.isNaN(right)) {
      return Number(Number.isNaN(left)) - Number(Number.isNaN(right));
    }
    return sign * (left - right);
  };
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function matches(unit: Unit, wanted: string): boolean {
  return (
    wanted === '' ||
    unit.name.toLowerCase().includes(wanted) ||
    unit.id.toLowerCase().includes(wanted) ||
    (STATES.includes(wanted as Unit['state']) && unit.state === wanted)
  );
}
