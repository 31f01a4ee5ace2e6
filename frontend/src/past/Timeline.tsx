import { useEffect, useMemo, useRef, useState } from 'react';
import type { CSSProperties } from 'react';
import { isVouched } from '../health/freshness';
import { texts } from '../texts';
import { age, clockTime } from '../ui/format';
import { Glyph } from '../ui/icons';
import { useConnection, useServerSecond } from '../useLive';
import { SPEEDS } from './past';
import type { Past, Speed } from './past';
import { Ticks } from './Ticks';
import { usePastState } from './usePast';

const HOUR = 3_600_000;
export const WINDOWS = [HOUR, 6 * HOUR, 24 * HOUR] as const;
/** A hand that moves the time moves the room a few times a second. */
const SEEK_EVERY_MS = 250;
const STEP_MS = 1_000;

interface Props {
  readonly past: Past | null;
  readonly onEnter: (time: number, from: number, to: number, speed?: Speed) => void;
  readonly onLive: () => void;
}

/** The bottom of the page is time: at its right edge live, left of it the whole room as it was. */
export function Timeline({ past, onEnter, onLive }: Props) {
  const now = useServerSecond();
  const state = usePastState(past);
  const vouched = isVouched(useConnection());
  const [span, setSpan] = useState<number>(WINDOWS[1]);
  const [speed, setSpeed] = useState<Speed>(10);
  const to = state?.to ?? now ?? 0;
  const from = state?.from ?? to - span;
  const time = state?.time ?? to;
  // Where the hand is held until the room follows: put back meanwhile, it would be let go of where it was before.
  const [held, setHeld] = useState<number | null>(null);
  const seek = useThrottled((at: number) => {
    onEnter(at, from, to, speed);
    setHeld(null);
  });
  const marks = useMemo(() => hoursOf(from, to), [from, to]);
  const part = (at: number): CSSProperties => ({ left: `${String(((at - from) / Math.max(1, to - from)) * 100)}%` });

  return (
    <footer className="timeline" aria-label={texts.past.timeline}>
      {state ? (
        <button type="button" className="to-live" onClick={onLive}>
          <Glyph of="right" /> {texts.past.backToLive} <kbd>L</kbd>
        </button>
      ) : (
        <strong className={vouched ? 'is-live' : 'is-live late'}>{vouched ? texts.past.live : texts.past.notLive}</strong>
      )}
      <button
        type="button"
        className="icon-button"
        aria-label={state?.playing ? texts.past.pause : texts.past.play}
        title={state?.playing ? texts.past.pause : texts.past.play}
        data-play
        onClick={() => {
          if (past && state) past.play(!state.playing);
          else onEnter(to - span / 6, from, to, speed);
        }}
      >
        <Glyph of={state?.playing ? 'pause' : 'play'} />
      </button>
      <div className="time-track">
        <Ticks from={from} to={to} />
        {marks.map((at) => (
          <span key={at} className="time-mark" style={part(at)} aria-hidden="true">
            {clockTime(at).slice(0, 5)}
          </span>
        ))}
        <input
          type="range"
          min={from}
          max={to}
          step={STEP_MS}
          value={held ?? time}
          aria-label={texts.past.moment}
          aria-valuetext={state ? clockTime(time, now) : texts.past.live}
          onChange={(event) => {
            const at = Number(event.target.value);
            if (at < to - STEP_MS || state) {
              setHeld(at);
              seek(at);
            }
          }}
        />
      </div>
      <select
        aria-label={texts.past.speed}
        value={state?.speed ?? speed}
        onChange={(event) => {
          const next = Number(event.target.value) as Speed;
          setSpeed(next);
          past?.speed(next);
        }}
      >
        {SPEEDS.map((value) => (
          <option key={value} value={value}>
            {texts.past.times(value)}
          </option>
        ))}
      </select>
      <select
        aria-label={texts.past.window}
        value={span}
        disabled={state !== null}
        onChange={(event) => { setSpan(Number(event.target.value)); }}
      >
        {WINDOWS.map((ms) => (
          <option key={ms} value={ms}>
            {texts.past.last(ms / HOUR)}
          </option>
        ))}
      </select>
    </footer>
  );
}

/** Says over everything that this is not now; `now` is the server's present. */
export function PastBanner({ past, now, onLive }: { past: Past; now: number | null; onLive: () => void }) {
  const state = usePastState(past);
  if (!state) {
    return null;
  }
  const ago = now === null ? texts.page.none : age(now - state.time);
  return (
    <div className="past-banner" role="status" data-testid="past">
      <Glyph of="clock" />
      <strong>{texts.past.title}</strong>
      <span className="past-time">{clockTime(state.time, now)}</span>
      <span>{texts.past.ago(ago)}</span>
      <span>{state.ended ? texts.past.ended : state.playing ? texts.past.times(state.speed) : texts.past.paused}</span>
      <button type="button" onClick={onLive}>
        {texts.past.backToLive}
      </button>
    </div>
  );
}

function useThrottled(act: (value: number) => void): (value: number) => void {
  const last = useRef(-Infinity);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const current = useRef(act);
  useEffect(() => {
    current.current = act;
  });
  useEffect(() => () => { clearTimeout(timer.current); }, []);
  return (value) => {
    clearTimeout(timer.current);
    const wait = Math.max(0, last.current + SEEK_EVERY_MS - performance.now());
    timer.current = setTimeout(() => {
      last.current = performance.now();
      current.current(value);
    }, wait);
  };
}

/** Round moments to write beside the line, about six of them. */
function hoursOf(from: number, to: number): readonly number[] {
  const wanted = (to - from) / 6;
  const step = [600_000, 1_800_000, HOUR, 2 * HOUR, 4 * HOUR].find((each) => each >= wanted) ?? 4 * HOUR;
  const marks: number[] = [];
  for (let at = Math.ceil((from + step / 8) / step) * step; at < to - step / 3; at += step) marks.push(at);
  return marks;
}
