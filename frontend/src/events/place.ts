import type { DeviceStore } from '../devices/store';
import type { EventFields } from '../protocol/messages';

export interface Place {
  readonly lon: number;
  readonly lat: number;
}

/** Where an event happened: as it says itself, else where its unit is now; null where nobody knows. */
export function placeOf(event: EventFields, devices: DeviceStore): Place | null {
  if (event.lon !== undefined && event.lat !== undefined) {
    return { lon: event.lon, lat: event.lat };
  }
  const unit = devices.unitById(event.device);
  return unit && !Number.isNaN(unit.lon) ? { lon: unit.lon, lat: unit.lat } : null;
}
