import { STATES } from '../devices/store';
import type { DeviceStore, Unit } from '../devices/store';

export type Order = 'state' | 'name' | 'age';
export type Filter = 'all' | 'in view' | 'vehicle' | 'camera' | 'sensor';

export interface Query {
  readonly text: string;
  readonly filter: Filter;
  readonly order: Order;
}

export type InView = (lon: number, lat: number) => boolean;

const BY_NAME = new Intl.Collator('en', { numeric: true });

/**
 * The list's rows as unit ids, in order. Comparing names is slow, so the order by name is kept until
 * who is there changes; the others are made from it.
 */
export class UnitOrder {
  private membership = -1;
  private byName: readonly string[] = [];

  constructor(private readonly devices: DeviceStore) {}

  rows({ text, filter, order }: Query, inView: InView): Unit[] {
    const wanted = text.trim().toLowerCase();
    const units = this.names().flatMap((id) => {
      const unit = this.devices.unitById(id);
      return unit && passes(unit, filter, inView) && matches(unit, wanted) ? [unit] : [];
    });
    switch (order) {
      case 'name':
        return units;
      case 'age':
        return units.sort((a, b) => orLast(a.seenAt) - orLast(b.seenAt));
      case 'state':
        return units.sort((a, b) => rankOf(a) - rankOf(b));
    }
  }

  private names(): readonly string[] {
    if (this.membership !== this.devices.membership) {
      this.membership = this.devices.membership;
      this.byName = this.devices
        .units()
        .sort((a, b) => BY_NAME.compare(a.name, b.name))
        .map((unit) => unit.id);
    }
    return this.byName;
  }
}

/** Alarms first, then as in the order of states: moving, stopped, stale, offline. */
function rankOf(unit: Unit): number {
  return unit.alarm ? -1 : STATES.indexOf(unit.state);
}

function orLast(seenAt: number): number {
  return Number.isNaN(seenAt) ? Infinity : seenAt;
}

function passes(unit: Unit, filter: Filter, inView: InView): boolean {
  switch (filter) {
    case 'all':
      return true;
    case 'in view':
      return inView(unit.lon, unit.lat);
    case 'vehicle':
    case 'camera':
    case 'sensor':
      return unit.shape === filter;
  }
}

function matches(unit: Unit, wanted: string): boolean {
  return (
    wanted === '' ||
    unit.name.toLowerCase().includes(wanted) ||
    unit.id.toLowerCase().includes(wanted) ||
    (STATES.includes(wanted as Unit['state']) && unit.state === wanted)
  );
}
