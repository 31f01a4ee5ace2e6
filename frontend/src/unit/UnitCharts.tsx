import { useMemo } from 'react';
import { texts } from '../texts';
import Plot from '../ui/Plot';
import type { PlotSeries } from '../ui/Plot';
import type { Track } from './useTrack';

const SPEED: readonly PlotSeries[] = [
  { label: texts.unit.speed, color: '--accent', format: (kmh) => `${String(Math.round(kmh))} ${texts.units.kmh}` },
];
const ALTITUDE: readonly PlotSeries[] = [
  { label: texts.unit.altitude, color: '--fine', format: (metres) => `${String(Math.round(metres))} m` },
];
/** A longer silence is a hole in the line, not a line. */
const HOLE_S = 60;

/** A unit's speed and altitude over the time that its panel looks back. Loaded when opened. */
export default function UnitCharts({ track }: { track: Track }) {
  const { speeds, altitudes } = useMemo(() => columnsOf(track), [track]);
  return (
    <div className="unit-charts">
      <Plot name={texts.unit.speedChart} data={speeds} series={SPEED} height={130} />
      {altitudes && <Plot name={texts.unit.altitudeChart} data={altitudes} series={ALTITUDE} height={100} />}
    </div>
  );
}

type Column = (number | null)[];

function columnsOf({ recorded, recent }: Track) {
  const [times, speed, altitude]: [Column, Column, Column] = [[], [], []];
  for (const point of [...recorded, ...recent]) {
    const seconds = point.timestamp / 1_000;
    const before = times.at(-1);
    if (typeof before === 'number' && seconds - before > HOLE_S) {
      times.push(before + 1);
      speed.push(null);
      altitude.push(null);
    }
    times.push(seconds);
    speed.push(orNull(point.speed * 3.6));
    altitude.push(orNull(point.altitude ?? Number.NaN));
  }
  return {
    speeds: [times, speed],
    altitudes: altitude.some((value) => value !== null) ? [times, altitude] : null,
  };
}

function orNull(value: number): number | null {
  return Number.isNaN(value) ? null : value;
}
