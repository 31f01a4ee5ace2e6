import { texts } from '../texts';
import type { BatteryFilter, StateFilter, UnitFilter } from './filter';

const STATES: readonly StateFilter[] = ['all', 'alarm', 'moving', 'stopped', 'stale', 'offline'];
const BATTERIES: readonly BatteryFilter[] = [null, 50, 20];

interface Props {
  readonly filter: UnitFilter;
  readonly groups: readonly string[];
  readonly onFilter: (filter: UnitFilter) => void;
}

/** State, battery and, where there are any, group. */
export function FilterSelects({ filter, groups, onFilter }: Props) {
  return (
    <>
      <select
        aria-label={texts.units.state}
        value={filter.state}
        onChange={(event) => { onFilter({ ...filter, state: event.target.value as StateFilter }); }}
      >
        {STATES.map((state) => (
          <option key={state} value={state}>
            {texts.units.stateFilters[state]}
          </option>
        ))}
      </select>
      <select
        aria-label={texts.units.batteryFilter}
        value={filter.battery ?? ''}
        onChange={(event) => {
          onFilter({ ...filter, battery: BATTERIES.find((most) => String(most ?? '') === event.target.value) ?? null });
        }}
      >
        {BATTERIES.map((most) => (
          <option key={most} value={most ?? ''}>
            {most === null ? texts.units.anyBattery : texts.units.batteryAtMost(most)}
          </option>
        ))}
      </select>
      {groups.length > 0 && (
        <select
          aria-label={texts.units.group}
          value={filter.group ?? ''}
          onChange={(event) => { onFilter({ ...filter, group: event.target.value === '' ? null : event.target.value }); }}
        >
          <option value="">{texts.units.anyGroup}</option>
          {groups.map((group) => (
            <option key={group} value={group}>
              {group}
            </option>
          ))}
        </select>
      )}
    </>
  );
}
