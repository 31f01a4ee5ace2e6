// A made-up fleet on the basemap's own streets, for work on the page without a server.
import { readFileSync } from 'node:fs';

const KINDS = [['vehicle', 'V'], ['vehicle', 'V'], ['vehicle', 'V'], ['camera', 'C'], ['sensor', 'S']];
const SPEED = { main: 17, secondary: 14, street: 9, lane: 5 };

/** Streets as lines, and which of them start or end at a point. */
function streets(file) {
  const lines = JSON.parse(readFileSync(file, 'utf8')).features
    .filter(({ properties }) => properties.class in SPEED)
    .map(({ properties, geometry }) => ({ speed: SPEED[properties.class], points: geometry.coordinates }));
  const at = new Map();
  for (const line of lines) {
    for (const end of [line.points[0], line.points.at(-1)]) {
      at.set(String(end), [...(at.get(String(end)) ?? []), line]);
    }
  }
  return { lines, at };
}

export class Fleet {
  constructor(size, roadsFile) {
    this.streets = streets(roadsFile);
    this.units = Array.from({ length: size }, (_, i) => this.#make(i));
  }

  #make(i) {
    const [kind, letter] = KINDS[i % KINDS.length];
    const line = this.#any();
    const state = i % 33 === 7 ? 'stale' : i % 54 === 9 ? 'offline' : kind === 'sensor' || i % 9 === 0 ? 'stopped' : 'moving';
    const now = Date.now() - (state === 'stale' ? 72_000 : state === 'offline' ? 840_000 : 0);
    const unit = {
      id: `unit-${i + 1}`, name: `${letter}-${100 + i}`, kind, state, alarm: false, skewed: false,
      battery: 12 + ((i * 37) % 88), signal: 30 + ((i * 53) % 70),
      line, points: line.points, leg: 0, along: 0, timestamp: now, received: now,
    };
    this.move(unit, 0);
    return unit;
  }

  #any() {
    return this.streets.lines[Math.floor(Math.random() * this.streets.lines.length)];
  }

  /** Drives a unit for some seconds along its street, and on into a neighbouring one at its end. */
  move(unit, seconds) {
    const speed = unit.state === 'moving' ? (unit.kind === 'camera' ? 1.4 : unit.line.speed) : 0;
    let metres = speed * seconds;
    for (;;) {
      const [a, b] = [unit.points[unit.leg], unit.points[unit.leg + 1]];
      const dx = (b[0] - a[0]) * 75_700;
      const dy = (b[1] - a[1]) * 111_320;
      const length = Math.hypot(dx, dy);
      if (unit.along + metres <= length || length === 0 && metres === 0) {
        unit.along += metres;
        const part = length === 0 ? 0 : unit.along / length;
        Object.assign(unit, {
          lon: a[0] + (b[0] - a[0]) * part, lat: a[1] + (b[1] - a[1]) * part, speed,
          heading: unit.kind === 'sensor' ? undefined : ((Math.atan2(dx, dy) * 180) / Math.PI + 360) % 360,
        });
        return;
      }
      metres -= length - unit.along;
      unit.along = 0;
      if (++unit.leg >= unit.points.length - 1) this.#turn(unit);
    }
  }

  #turn(unit) {
    const end = unit.points.at(-1);
    const ways = this.streets.at.get(String(end)) ?? [];
    const others = ways.filter((line) => line !== unit.line);
    const line = others[Math.floor(Math.random() * others.length)] ?? unit.line;
    const forward = String(line.points[0]) === String(end);
    Object.assign(unit, { line, points: forward ? line.points : line.points.toReversed(), leg: 0 });
  }
}
