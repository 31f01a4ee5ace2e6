/**
 * The messages of `/live` (`sightline.v1.json`) as discriminated unions.
 * Times are milliseconds since the epoch by the server's clock, coordinates WGS84 degrees, `heading`
 * degrees clockwise from north, `speed` metres per second, `battery` and `signal` percent.
 */

export type UnitState = 'moving' | 'stopped' | 'stale' | 'offline';

/**
 * What a snapshot says of a device, and what changed of it in an update: a missing field is unchanged,
 * null is that it has none any more. `timestamp` is its newest position's order (before the first
 * position: its status's time).
 */
export interface DeviceFields {
  readonly id: string;
  readonly timestamp: number;
  readonly received?: number;
  readonly name?: string | null;
  readonly kind?: string | null;
  readonly groups?: readonly string[];
  readonly state?: UnitState;
  readonly alarm?: boolean;
  readonly skewed?: boolean;
  readonly lat?: number;
  readonly lon?: number;
  readonly heading?: number | null;
  readonly speed?: number | null;
  readonly battery?: number | null;
  readonly signal?: number | null;
}

export interface Acknowledgement {
  readonly device: string;
  readonly event: string;
  readonly by: string;
  readonly time: number;
  readonly note?: string;
}

/** An event's key is (device, id). */
export interface EventFields {
  readonly id: string;
  readonly device: string;
  readonly timestamp: number;
  readonly received?: number;
  readonly type: string;
  readonly severity?: string;
  readonly message?: string;
  readonly lat?: number;
  readonly lon?: number;
  readonly acknowledged?: { readonly by: string; readonly time: number; readonly note?: string };
}

export interface CellFields {
  readonly lat: number;
  readonly lon: number;
  readonly count: number;
  readonly alarms: number;
}

/** `unknown`: a reason that this page has no word for, from a newer server. */
export type HealthReason = 'link' | 'broker' | 'bridge' | 'bus' | 'gateway' | 'history' | 'recorder' | 'unknown';

export type ServerMessage =
  | { readonly type: 'welcome'; readonly protocol: number; readonly server: string; readonly time: number }
  | { readonly type: 'snapshot'; readonly devices: readonly DeviceFields[]; readonly more: boolean }
  | { readonly type: 'update'; readonly n: number; readonly devices: readonly DeviceFields[] }
  | { readonly type: 'pending'; readonly events: readonly EventFields[] }
  | { readonly type: 'events'; readonly events: readonly EventFields[]; readonly cursor: string }
  | { readonly type: 'unrecorded'; readonly device: string; readonly event: string; readonly reason: string }
  | ({ readonly type: 'acknowledged'; readonly cursor?: string } & Acknowledgement)
  | { readonly type: 'gap'; readonly from: string; readonly to: string }
  | { readonly type: 'remove'; readonly devices: readonly string[] }
  | { readonly type: 'cells'; readonly zoom: number; readonly cells: readonly CellFields[] }
  | {
      readonly type: 'health';
      readonly state: 'fresh' | 'stale';
      readonly since: number;
      readonly reason?: HealthReason;
    }
  | { readonly type: 'heartbeat'; readonly time: number }
  | { readonly type: 'reconnect'; readonly afterMs: number; readonly reason: string }
  | { readonly type: 'error'; readonly code: string; readonly detail: string };

/** [west, south, east, north] in degrees; west is greater than east where it crosses 180°. */
export type Bbox = readonly [west: number, south: number, east: number, north: number];

/** What a map shows, and units that are followed wherever they are. */
export interface Sight {
  readonly bbox: Bbox;
  readonly zoom: number;
  readonly pins: readonly string[];
}

export type ClientMessage =
  | {
      readonly type: 'subscribe';
      readonly devices: 'all' | readonly string[];
      readonly events?: { readonly since: string | null };
    }
  | {
      readonly type: 'subscribe';
      readonly view: { readonly bbox: Bbox; readonly zoom: number };
      readonly pins: readonly string[];
      readonly events?: { readonly since: string | null };
    }
  | { readonly type: 'drawn'; readonly n: number }
  | { readonly type: 'visible'; readonly visible: boolean };
