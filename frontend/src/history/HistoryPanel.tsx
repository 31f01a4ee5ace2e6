import { useEffect, useMemo, useRef, useState } from 'react';
import type { MapHandle } from '../map/mapHandle';
import type { Whereabouts } from '../map/whereabouts';
import { texts } from '../texts';
import { age, clockTime, metres, speed as speedText } from '../ui/format';
import { Glyph } from '../ui/icons';
import { SPANS } from '../unit/track';
import { useLive } from '../useLive';
import { HistoryLayer } from './HistoryLayer';
import { SaveTrack } from './SaveTrack';
import { SpeedLine } from './SpeedLine';
import { lengthOf, placeAt, stopsOf } from './stops';
import type { Stop } from './stops';
import { useHistoryTrack } from './useHistoryTrack';
import type { Range } from './useHistoryTrack';
import { usePlayhead } from './usePlayhead';

const PLAY_SPEEDS = [1, 10, 30, 60, 300] as const;
const STOPS_SHOWN = 20;

interface Props {
  readonly id: string;
  readonly map: MapHandle | null;
  readonly whereabouts: Whereabouts | null;
  readonly onClose: () => void;
}

/** A unit's past: its track on the map with speeds and stops, played, scrubbed, and exported. */
export function HistoryPanel({ id, map, whereabouts, onClose }: Props) {
  const { devices } = useLive();
  const [range, setRange] = useState<Range>({ kind: 'last', span: SPANS[1] });
  const [speed, setSpeed] = useState<number>(60);
  const track = useHistoryTrack(id, range);
  const { points } = track;
  const [from, to] = [points.at(0)?.timestamp ?? track.from, points.at(-1)?.timestamp ?? track.to];
  const { time, playing, seek, play } = usePlayhead(from, to, speed);
  const stops = useMemo(() => stopsOf(points), [points]);
  const far = useMemo(() => lengthOf(points), [points]);
  const head = useMemo(() => placeAt(points, time), [points, time]);
  useHistoryLayer(map, points, points.length - track.seen.length > 1, stops, head);
  const name = devices.unitById(id)?.name ?? id;

  return (
    <section className="unit-panel history" aria-label={texts.history.name(name)}>
      <header>
        <Glyph of="clock" />
        <h2>{name}</h2>
        <span className="past-word">{texts.history.title}</span>
        <button type="button" className="icon" onClick={onClose} aria-label={texts.page.close} title={texts.unit.close}>
          <Glyph of="close" />
        </button>
      </header>
      <RangePicker range={range} from={track.from} to={track.to} onRange={setRange} />
      {track.problem !== null && <p className="late" role="alert">{texts.unit.trackProblem(track.problem)}</p>}
      {points.length < 2 ? (
        <p className="muted empty">{track.reading ? texts.history.reading : texts.history.nothing}</p>
      ) : (
        <>
          <p className="history-now">
            <strong>{clockTime(time, to)}</strong>
            <span>{speedText(head?.speed ?? Number.NaN)}</span>
            <span className="muted">{head ? (whereabouts?.of(head.lon, head.lat) ?? texts.unit.noStreet) : texts.history.hole}</span>
          </p>
          <SpeedLine points={points} stops={stops} from={from} to={to} time={time} onSeek={seek} />
          <div className="history-play">
            <button type="button" className="icon-button" data-play onClick={() => { play(!playing); }}>
              <Glyph of={playing ? 'pause' : 'play'} /> {playing ? texts.history.pause : texts.history.play}
            </button>
            <select aria-label={texts.past.speed} value={speed} onChange={(event) => { setSpeed(Number(event.target.value)); }}>
              {PLAY_SPEEDS.map((value) => (
                <option key={value} value={value}>
                  {texts.past.times(value)}
                </option>
              ))}
            </select>
            <span className="muted">{texts.history.sum(metres(far), stops.length)}</span>
          </div>
          <Stops stops={stops} whereabouts={whereabouts} onSeek={seek} />
        </>
      )}
      <SaveTrack id={id} from={track.from} to={track.to} seen={track.seen} />
    </section>
  );
}

function useHistoryLayer(map: MapHandle | null, points: Parameters<typeof stopsOf>[0], known: boolean, stops: readonly Stop[], head: ReturnType<typeof placeAt>) {
  const layer = useRef<HistoryLayer | null>(null);
  useEffect(() => {
    if (!map) return;
    const made = new HistoryLayer(map);
    layer.current = made;
    return () => {
      made.close();
      layer.current = null;
    };
  }, [map]);
  const first = useRef(points);
  useEffect(() => {
    first.current = points;
  });
  useEffect(() => {
    // Once, when what is recorded is there, not its last seconds alone: later its reader moves the map.
    if (map && known) layer.current?.fit(first.current);
  }, [map, known]);
  useEffect(() => layer.current?.show({ points, stops, head }), [map, points, stops, head]);
}

interface RangeProps {
  readonly range: Range;
  readonly from: number;
  readonly to: number;
  readonly onRange: (range: Range) => void;
}

function RangePicker({ range, from, to, onRange }: RangeProps) {
  const edge = (label: string, at: number, change: (moment: number) => Range) => (
    <input
      type="datetime-local"
      step={1}
      aria-label={label}
      value={localOf(at)}
      onChange={(event) => {
        const moment = new Date(event.target.value).getTime();
        if (!Number.isNaN(moment)) onRange(change(moment));
      }}
    />
  );
  return (
    <div className="history-range">
      <select
        aria-label={texts.history.range}
        value={range.kind === 'last' ? range.span : 'between'}
        onChange={(event) => {
          onRange(
            event.target.value === 'between' ? { kind: 'between', from, to } : { kind: 'last', span: Number(event.target.value) },
          );
        }}
      >
        {SPANS.map((span) => (
          <option key={span} value={span}>
            {texts.history.last(texts.unit.spans[span])}
          </option>
        ))}
        <option value="between">{texts.history.between}</option>
      </select>
      {range.kind === 'between' && (
        <>
          {edge(texts.history.from, range.from, (moment) => ({ ...range, from: moment }))}
          {edge(texts.history.to, range.to, (moment) => ({ ...range, to: moment }))}
        </>
      )}
    </div>
  );
}

function localOf(at: number): string {
  const date = new Date(at - new Date(at).getTimezoneOffset() * 60_000);
  return date.toISOString().slice(0, 19);
}

function Stops({ stops, whereabouts, onSeek }: { stops: readonly Stop[]; whereabouts: Whereabouts | null; onSeek: (time: number) => void }) {
  if (stops.length === 0) {
    return null;
  }
  return (
    <ul className="history-stops" aria-label={texts.history.stops}>
      {stops.slice(-STOPS_SHOWN).map((stop) => (
        <li key={stop.from}>
          <button type="button" className="link" onClick={() => { onSeek(stop.from); }}>
            <span>{clockTime(stop.from)}</span> <strong>{age(stop.to - stop.from)}</strong>{' '}
            <span className="muted">{whereabouts?.of(stop.lon, stop.lat) ?? texts.unit.noStreet}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}
