/** A message that the contract doesn't allow; the text says which field. */
export class ProtocolError extends Error {
  override readonly name = 'ProtocolError';
}

export type Fields = Readonly<Record<string, unknown>>;

export function object(value: unknown, what: string): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new ProtocolError(`${what} is not an object`);
  }
  return value as Fields;
}

export function list<T>(fields: Fields, name: string, item: (value: unknown) => T): readonly T[] {
  const value = fields[name];
  if (!Array.isArray(value)) {
    throw new ProtocolError(`${name} is not a list`);
  }
  return value.map(item);
}

export function text(fields: Fields, name: string): string {
  const value = fields[name];
  if (typeof value !== 'string') {
    throw new ProtocolError(`${name} is not a string`);
  }
  return value;
}

export function number(fields: Fields, name: string): number {
  const value = fields[name];
  if (typeof value !== 'number' || !Number.isFinite(value)) {
    throw new ProtocolError(`${name} is not a number`);
  }
  return value;
}

export function flag(fields: Fields, name: string): boolean {
  const value = fields[name];
  if (typeof value !== 'boolean') {
    throw new ProtocolError(`${name} is not true or false`);
  }
  return value;
}

/** Reads a field that may be missing; an explicit null is the same as missing. */
export function optional<T>(
  read: (fields: Fields, name: string) => T,
  fields: Fields,
  name: string,
): T | undefined {
  const value = fields[name];
  return value === undefined || value === null ? undefined : read(fields, name);
}

/** Reads a field of a change: missing is unchanged (undefined), null is that it has none now. */
export function changeable<T>(
  read: (fields: Fields, name: string) => T,
  fields: Fields,
  name: string,
): T | null | undefined {
  return fields[name] === null ? null : optional(read, fields, name);
}

export function oneOf<T extends string>(allowed: readonly T[], fields: Fields, name: string): T {
  const value = text(fields, name);
  const found = allowed.find((candidate) => candidate === value);
  if (found === undefined) {
    throw new ProtocolError(`${name} is '${value}', not one of ${allowed.join(', ')}`);
  }
  return found;
}

/** Latitude or longitude, within its range. */
export function degrees(limit: 90 | 180): (fields: Fields, name: string) => number {
  return (fields, name) => {
    const value = number(fields, name);
    if (Math.abs(value) > limit) {
      throw new ProtocolError(`${name} is out of range: ${String(value)}`);
    }
    return value;
  };
}
