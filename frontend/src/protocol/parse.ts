import type { Acknowledgement, CellFields, DeviceFields, EventFields, HealthReason } from './messages';
import type { ServerMessage, UnitState } from './messages';
import { ProtocolError, changeable, degrees, flag, list, number, object, oneOf, optional, text } from './fields';
import type { Fields } from './fields';

const STATES: readonly UnitState[] = ['moving', 'stopped', 'stale', 'offline'];
const REASONS: readonly HealthReason[] = ['link', 'broker', 'bridge', 'bus', 'gateway', 'history', 'recorder'];
const latitude = degrees(90);
const longitude = degrees(180);

/**
 * Parses one server message of `/live`. Unknown fields are ignored; a missing or wrong field, or an
 * unknown type, throws {@link ProtocolError}.
 */
export function parseServerMessage(frame: string): ServerMessage {
  let value: unknown;
  try {
    value = JSON.parse(frame);
  } catch {
    throw new ProtocolError('not JSON');
  }
  return serverMessage(object(value, 'message'));
}

function serverMessage(fields: Fields): ServerMessage {
  const type = text(fields, 'type') as ServerMessage['type'];
  switch (type) {
    case 'welcome':
      return {
        type,
        protocol: number(fields, 'protocol'),
        server: text(fields, 'server'),
        time: number(fields, 'time'),
      };
    case 'snapshot':
      return { type, devices: list(fields, 'devices', device), more: flag(fields, 'more') };
    case 'update':
      return { type, n: number(fields, 'n'), devices: list(fields, 'devices', device) };
    case 'pending':
      return { type, events: list(fields, 'events', parseEvent) };
    case 'events':
      return { type, events: list(fields, 'events', parseEvent), cursor: text(fields, 'cursor') };
    case 'unrecorded':
      return {
        type,
        device: text(fields, 'device'),
        event: text(fields, 'event'),
        reason: text(fields, 'reason'),
      };
    case 'acknowledged':
      return { type, ...parseAcknowledgement(fields), cursor: optional(text, fields, 'cursor') };
    case 'gap':
      return { type, from: text(fields, 'from'), to: text(fields, 'to') };
    case 'remove':
      return { type, devices: list(fields, 'devices', deviceId) };
    case 'cells':
      return { type, zoom: number(fields, 'zoom'), cells: list(fields, 'cells', cell) };
    case 'health':
      return {
        type,
        state: oneOf(['fresh', 'stale'], fields, 'state'),
        since: number(fields, 'since'),
        reason: fields.state === 'stale' ? (optional(reason, fields, 'reason') ?? 'unknown') : undefined,
      };
    case 'heartbeat':
      return { type, time: number(fields, 'time') };
    case 'reconnect':
      return { type, afterMs: number(fields, 'afterMs'), reason: text(fields, 'reason') };
    case 'error':
      return { type, code: text(fields, 'code'), detail: optional(text, fields, 'detail') ?? '' };
    default:
      throw new ProtocolError(`unknown type '${String(type satisfies never)}'`);
  }
}

/** Staleness counts whatever its reason is called. */
function reason(fields: Fields, name: string): HealthReason {
  const said = text(fields, name);
  return REASONS.find((known) => known === said) ?? 'unknown';
}

function device(value: unknown): DeviceFields {
  const fields = object(value, 'device');
  return {
    id: text(fields, 'id'),
    timestamp: number(fields, 'timestamp'),
    received: optional(number, fields, 'received'),
    name: changeable(text, fields, 'name'),
    kind: changeable(text, fields, 'kind'),
    groups: optional((f, n) => list(f, n, deviceId), fields, 'groups'),
    state: optional((f, n) => oneOf(STATES, f, n), fields, 'state'),
    alarm: optional(flag, fields, 'alarm'),
    skewed: optional(flag, fields, 'skewed'),
    lat: optional(latitude, fields, 'lat'),
    lon: optional(longitude, fields, 'lon'),
    heading: changeable(number, fields, 'heading'),
    speed: changeable(number, fields, 'speed'),
    battery: changeable(number, fields, 'battery'),
    signal: changeable(number, fields, 'signal'),
  };
}

function deviceId(value: unknown): string {
  if (typeof value !== 'string') {
    throw new ProtocolError('a list of names holds something else');
  }
  return value;
}

/** An event, with the same fields on `/live` and in `/api/v1/events`. */
export function parseEvent(value: unknown): EventFields {
  const fields = object(value, 'event');
  return {
    id: text(fields, 'id'),
    device: text(fields, 'device'),
    timestamp: number(fields, 'timestamp'),
    received: optional(number, fields, 'received'),
    type: text(fields, 'type'),
    severity: optional(text, fields, 'severity'),
    message: optional(text, fields, 'message'),
    lat: optional(latitude, fields, 'lat'),
    lon: optional(longitude, fields, 'lon'),
    acknowledged: optional(acknowledgedBy, fields, 'acknowledged'),
  };
}

function acknowledgedBy(fields: Fields, name: string) {
  const mark = object(fields[name], name);
  return { by: text(mark, 'by'), time: number(mark, 'time'), note: optional(text, mark, 'note') };
}

export function parseAcknowledgement(fields: Fields): Acknowledgement {
  return {
    device: text(fields, 'device'),
    event: text(fields, 'event'),
    by: text(fields, 'by'),
    time: number(fields, 'time'),
    note: optional(text, fields, 'note'),
  };
}

function cell(value: unknown): CellFields {
  const fields = object(value, 'cell');
  return {
    lat: latitude(fields, 'lat'),
    lon: longitude(fields, 'lon'),
    count: number(fields, 'count'),
    alarms: optional(number, fields, 'alarms') ?? 0,
  };
}
