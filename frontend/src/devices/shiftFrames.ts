import { HAS_CONDITION, HAS_POSITION, HAS_RECEIVED } from '../protocol/binary';

const TURN_MS = 50;
const STEP = 1e-5;
const HEADER_BYTES = 12;
const DEVICE_BYTES = 12 + 6 + 14 + 1;
const HIGH_WORD = 0x1_0000_0000;

/** The frames of a made-up fleet that a server would send, in either form; one after another. */
export class ShiftFrames {
  readonly start = 1_767_225_600_000;
  readonly perFrame: number;
  /** The fleet's own clock. */
  elapsedMs = 0;
  private unit = 0;
  private n = 0;

  constructor(private readonly units: number) {
    this.perFrame = Math.max(1, Math.floor(units / 10));
  }

  snapshot(): string {
    const devices = Array.from({ length: this.units }, (_, i) => `{"id":"unit-${String(i)}","timestamp":${String(this.start)}}`);
    return `{"type":"snapshot","devices":[${devices.join(',')}],"more":false}`;
  }

  json(): string {
    const time = this.turn();
    const items = this.places().map(
      ([unit, lat, lon]) =>
        `{"id":"unit-${String(unit)}","timestamp":${String(time)},"received":${String(time)},"lat":${lat.toFixed(7)},` +
        `"lon":${lon.toFixed(7)},"heading":${String(this.n % 360)},"speed":${String(this.n % 30)}.5,"state":"moving"}`,
    );
    return `{"type":"update","n":${String(this.n)},"devices":[${items.join(',')}]}`;
  }

  binary(): ArrayBuffer {
    const time = this.turn();
    const view = new DataView(new ArrayBuffer(HEADER_BYTES + this.perFrame * DEVICE_BYTES));
    const six = (at: number, value: number) => {
      view.setUint16(at, Math.floor(value / HIGH_WORD));
      view.setUint32(at + 2, value % HIGH_WORD);
    };
    view.setUint8(0, 2);
    view.setUint32(2, this.perFrame);
    six(6, this.n);
    let at = HEADER_BYTES;
    for (const [unit, lat, lon] of this.places()) {
      view.setUint32(at, unit);
      view.setUint16(at + 4, HAS_POSITION | HAS_RECEIVED | HAS_CONDITION);
      six(at + 6, time);
      six(at + 12, time);
      view.setInt32(at + 18, Math.round(lat * 1e7));
      view.setInt32(at + 22, Math.round(lon * 1e7));
      view.setUint16(at + 26, (this.n % 360) * 100);
      view.setUint32(at + 28, (this.n % 30) * 100 + 50);
      view.setUint8(at + 32, 0);
      at += DEVICE_BYTES;
    }
    return view.buffer;
  }

  private turn(): number {
    this.elapsedMs += TURN_MS;
    this.n++;
    return this.start + this.elapsedMs;
  }

  private places(): (readonly [number, number, number])[] {
    const places: (readonly [number, number, number])[] = [];
    for (let i = 0; i < this.perFrame; i++) {
      this.unit = (this.unit + 1) % this.units;
      places.push([this.unit, 47.1 + this.unit * STEP, 9.5 + (this.unit % 100) * 0.001 + ((this.n * 7) % 1_000) * STEP]);
    }
    return places;
  }
}
