import type { DeviceStore, Unit } from '../devices/store';
import { STATES } from '../devices/store';
import { distance } from '../map/whereabouts';

export interface Neighbour {
  readonly unit: Unit;
  readonly metres: number;
}

const OFFLINE = STATES.indexOf('offline');
const STALE = STATES.indexOf('stale');

/** The `count` units nearest to a place that can be reached (moving or stopped), nearest first. */
export function nearest(
  devices: DeviceStore,
  place: { readonly lon: number; readonly lat: number },
  except: string,
  count: number,
): readonly Neighbour[] {
  const found: { slot: number; metres: number }[] = [];
  for (let slot = 0; slot < devices.end; slot++) {
    const id = devices.ids[slot];
    const state = devices.state[slot];
    if (id === null || id === except || state === OFFLINE || state === STALE) continue;
    const metres = distance(place.lon, place.lat, devices.glide.toLon[slot], devices.glide.toLat[slot]);
    if (Number.isNaN(metres) || (found.length === count && metres >= found[count - 1].metres)) continue;
    const at = found.findIndex((other) => metres < other.metres);
    found.splice(at === -1 ? found.length : at, 0, { slot, metres });
    found.length = Math.min(found.length, count);
  }
  return found.map(({ slot, metres }) => ({ unit: devices.unit(slot), metres }));
}
