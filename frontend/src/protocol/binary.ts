import { ProtocolError } from './fields';

/**
 * Reads the binary messages of `sightline.v1.bin`; the layout is in docs/protocol.md. A frame costs one
 * DataView; a device in it costs nothing but where it brings texts.
 */

/** Bits that say what follows of a device. */
export const HAS_POSITION = 1;
export const HAS_RECEIVED = 2;
export const HAS_CONDITION = 4;
export const HAS_VITALS = 8;
export const HAS_EXTENT = 16;
export const HAS_IDENTITY = 32;

/** Places in {@link BinaryReader.values}; what is absent is NaN. */
export const TIMESTAMP = 0;
export const RECEIVED = 1;
export const LAT = 2;
export const LON = 3;
export const HEADING = 4;
export const SPEED = 5;
export const BATTERY = 6;
export const SIGNAL = 7;

const SNAPSHOT = 1;
const UPDATE = 2;
const REMOVE = 3;
const HEADER_BYTES = 12;
const NO_TEXT = 0xffff;
const HIGH_WORD = 0x1_0000_0000;
const DEGREE = 1e7;

export type BinaryMessage =
  | { readonly type: 'snapshot'; readonly more: boolean }
  | { readonly type: 'update'; readonly n: number }
  | { readonly type: 'remove' };

/** Takes devices as they are read; `number` names a device on this connection. */
export interface BinarySink {
  /** A message begins; of a snapshot, a part. */
  begins(snapshot: boolean): void;
  /** Before the first {@link device} of a number, and whenever one of these changes. */
  identity(number: number, id: string, name: string | null, kind: string | null, groups: readonly string[]): void;
  /** `has` says which of `values` this brings; `condition` is state, alarm (4) and skewed (8) in bits. */
  device(number: number, has: number, values: Float64Array, condition: number): void;
  removed(number: number): void;
  /** The message ends; `more` where another part of the snapshot follows. */
  ends(more: boolean): void;
}

export class BinaryReader {
  /** The device that is being read. */
  private readonly values = new Float64Array(8);
  private readonly texts = new TextDecoder();
  private view = new DataView(new ArrayBuffer(0));
  private at = 0;

  /** Reads one message into the sink; throws {@link ProtocolError} where it isn't one. */
  read(frame: ArrayBuffer, sink: BinarySink): BinaryMessage {
    this.view = new DataView(frame);
    try {
      return this.message(sink);
    } catch (error) {
      throw isRangeError(error) ? new ProtocolError('a binary message is cut off') : error;
    }
  }

  private message(sink: BinarySink): BinaryMessage {
    const type = this.view.getUint8(0);
    const more = this.view.getUint8(1) === 1;
    const count = this.view.getUint32(2);
    const n = this.view.getUint16(6) * HIGH_WORD + this.view.getUint32(8);
    this.at = HEADER_BYTES;
    if (type !== SNAPSHOT && type !== UPDATE && type !== REMOVE) {
      throw new ProtocolError(`unknown binary message ${String(type)}`);
    }
    sink.begins(type === SNAPSHOT);
    for (let i = 0; i < count; i++) {
      if (type === REMOVE) {
        sink.removed(this.view.getUint32(this.at));
        this.at += 4;
      } else {
        this.device(sink);
      }
    }
    sink.ends(type === SNAPSHOT && more);
    return type === SNAPSHOT ? { type: 'snapshot', more } : type === UPDATE ? { type: 'update', n } : { type: 'remove' };
  }

  private device(sink: BinarySink): void {
    const { view, values } = this;
    const number = view.getUint32(this.at);
    const has = view.getUint16(this.at + 4);
    values[TIMESTAMP] = view.getUint16(this.at + 6) * HIGH_WORD + view.getUint32(this.at + 8);
    let at = this.at + 12;
    if ((has & (HAS_POSITION | HAS_RECEIVED)) !== 0) {
      values[RECEIVED] = view.getUint16(at) * HIGH_WORD + view.getUint32(at + 2);
      at += 6;
    }
    if ((has & HAS_POSITION) !== 0) {
      values[LAT] = view.getInt32(at) / DEGREE;
      values[LON] = view.getInt32(at + 4) / DEGREE;
      const heading = view.getUint16(at + 8);
      const speed = view.getUint32(at + 10);
      values[HEADING] = heading === 0xffff ? Number.NaN : heading / 100;
      values[SPEED] = speed === 0xffff_ffff ? Number.NaN : speed / 100;
      at += 14;
    }
    const condition = (has & HAS_CONDITION) !== 0 ? view.getUint8(at++) : 0;
    if ((has & HAS_VITALS) !== 0) {
      const battery = view.getUint8(at);
      const signal = view.getUint8(at + 1);
      values[BATTERY] = battery === 0xff ? Number.NaN : battery;
      values[SIGNAL] = signal === 0xff ? Number.NaN : signal;
      at += 2;
    }
    this.at = (has & HAS_EXTENT) !== 0 ? at + 8 : at;
    if ((has & HAS_IDENTITY) !== 0) {
      this.identity(number, sink);
    }
    sink.device(number, has, values, condition);
  }

  private identity(number: number, sink: BinarySink): void {
    const id = this.text();
    const name = this.text();
    const kind = this.text();
    const count = this.view.getUint16(this.at);
    this.at += 2;
    const groups: string[] = [];
    for (let i = 0; i < count; i++) {
      groups.push(this.text() ?? '');
    }
    if (id === null) {
      throw new ProtocolError('a device has no id');
    }
    sink.identity(number, id, name, kind, groups);
  }

  private text(): string | null {
    const length = this.view.getUint16(this.at);
    this.at += 2;
    if (length === NO_TEXT) {
      return null;
    }
    const bytes = new Uint8Array(this.view.buffer, this.at, length);
    this.at += length;
    return this.texts.decode(bytes);
  }
}

/** Of whatever realm: reading past a frame's end throws one. */
function isRangeError(error: unknown): boolean {
  return error instanceof Error && error.name === 'RangeError';
}
