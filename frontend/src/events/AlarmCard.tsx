import { useState } from 'react';
import { clockTime, running } from '../ui/format';
import { SeverityMark } from '../ui/icons';
import { useLive } from '../useLive';
import type { FeedEntry } from './feed';
import { RecordingNote } from './RecordingNote';

interface Props {
  readonly alarm: FeedEntry;
  readonly who: string;
  readonly where: string | null;
  readonly near: readonly string[];
  readonly now: number | null;
  /** The one that the key A acknowledges. */
  readonly first: boolean;
  readonly onShow: (alarm: FeedEntry) => void;
}

/** An alarm: what, who, where, how long ago, who is near, and one way to acknowledge. */
export function AlarmCard({ alarm, who, where, near, now, first, onShow }: Props) {
  const { acknowledging, problem, acknowledge } = useAcknowledge(alarm);
  return (
    <article className="alarm" aria-label={`Alarm: ${alarm.message ?? alarm.type}, ${who}`}>
      <header>
        <SeverityMark severity="critical" done={false} />
        <h3>
          {alarm.message ?? alarm.type} · {who}
        </h3>
        <span className="alarm-age">{now === null ? '–' : running(now - (alarm.received ?? alarm.timestamp))}</span>
      </header>
      <p>
        {where !== null && `${where} · `}
        {clockTime(alarm.timestamp, now)}
        {near.map((unit, i) => (
          <span key={unit} className="alarm-near">
            {i === 0 ? ' · near ' : ', '}
            <span>{unit}</span>
          </span>
        ))}
      </p>
      <RecordingNote entry={alarm} />
      {problem !== null && (
        <p className="alarm-problem" role="alert">
          Not acknowledged: {problem}
        </p>
      )}
      <div className="alarm-actions">
        <button
          type="button"
          className="button-act"
          disabled={acknowledging}
          onClick={acknowledge}
          data-acknowledge={first ? 'first' : undefined}
        >
          {acknowledging ? 'Acknowledging…' : 'Acknowledge'} {first && <kbd>A</kbd>}
        </button>
        <button type="button" onClick={() => { onShow(alarm); }}>
          Show on map
        </button>
      </div>
    </article>
  );
}

/** The card goes when the log says so, for every dispatcher at once; until then it says what it waits for. */
function useAcknowledge(alarm: FeedEntry) {
  const live = useLive();
  const [acknowledging, setAcknowledging] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const acknowledge = () => {
    setAcknowledging(true);
    setProblem(null);
    live.acknowledge(alarm.device, alarm.id).catch((error: unknown) => {
      setAcknowledging(false);
      setProblem(error instanceof Error ? error.message : String(error));
    });
  };
  return { acknowledging, problem, acknowledge };
}
