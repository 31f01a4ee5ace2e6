import type { Unit } from '../devices/store';
import type { UnitState } from '../protocol/messages';

export type Kind = 'all' | 'vehicle' | 'camera' | 'sensor' | 'other';
export type StateFilter = 'all' | 'alarm' | UnitState;
/** Percent at most; null: any. */
export type BatteryFilter = null | 50 | 20;

/** Which units are wanted; every part must be true. */
export interface UnitFilter {
  readonly kind: Kind;
  readonly state: StateFilter;
  readonly battery: BatteryFilter;
  /** Null: any group, or none. */
  readonly group: string | null;
  readonly inView: boolean;
}

export const ALL: UnitFilter = { kind: 'all', state: 'all', battery: null, group: null, inView: false };

export type InView = (lon: number, lat: number) => boolean;

export function passes(unit: Unit, filter: UnitFilter, inView: InView): boolean {
  return (
    (filter.kind === 'all' || unit.shape === filter.kind) &&
    (filter.state === 'all' || (filter.state === 'alarm' ? unit.alarm : unit.state === filter.state)) &&
    (filter.battery === null || unit.battery <= filter.battery) &&
    (filter.group === null || unit.groups.includes(filter.group)) &&
    (!filter.inView || inView(unit.lon, unit.lat))
  );
}
