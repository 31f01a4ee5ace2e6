import { memo } from 'react';
import { texts } from '../texts';
import { clockTime, speed as speedText } from '../ui/format';
import type { TrackPoint } from '../unit/track';
import type { Stop } from './stops';

const WIDTH = 600;
const HEIGHT = 54;
const HOLE_MS = 60_000;

interface Props {
  readonly points: readonly TrackPoint[];
  readonly stops: readonly Stop[];
  readonly from: number;
  readonly to: number;
  readonly time: number;
  readonly onSeek: (time: number) => void;
}

/** Speed over the track with its stops shaded, and the hand that scrubs through it. */
export function SpeedLine({ points, stops, from, to, time, onSeek }: Props) {
  return (
    <div className="speed-line">
      <Line points={points} stops={stops} from={from} to={to} />
      <input
        type="range"
        min={from}
        max={to}
        step={1_000}
        value={time}
        aria-label={texts.history.moment}
        aria-valuetext={clockTime(time)}
        onChange={(event) => { onSeek(Number(event.target.value)); }}
      />
    </div>
  );
}

const Line = memo(function Line({ points, stops, from, to }: Pick<Props, 'points' | 'stops' | 'from' | 'to'>) {
  const most = points.reduce((max, { speed }) => (speed > max ? speed : max), 10);
  const x = (at: number) => ((at - from) / Math.max(1, to - from)) * WIDTH;
  let path = '';
  let before = -Infinity;
  for (const { timestamp, speed } of points) {
    if (Number.isNaN(speed)) continue;
    const y = HEIGHT - 2 - (speed / most) * (HEIGHT - 6);
    path += `${timestamp - before > HOLE_MS ? 'M' : 'L'}${x(timestamp).toFixed(1)} ${y.toFixed(1)}`;
    before = timestamp;
  }
  return (
    <svg viewBox={`0 0 ${String(WIDTH)} ${String(HEIGHT)}`} preserveAspectRatio="none" role="img" aria-label={texts.history.speeds(speedText(most))}>
      {stops.map((stop) => (
        <rect key={stop.from} x={x(stop.from)} y={0} width={Math.max(1, x(stop.to) - x(stop.from))} height={HEIGHT} className="stop-shade" />
      ))}
      <path d={path} fill="none" stroke="currentColor" strokeWidth="1.5" vectorEffect="non-scaling-stroke" />
    </svg>
  );
});
