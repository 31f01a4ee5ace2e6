import { useState } from 'react';
import { texts } from '../texts';
import { clockTime, metres, running } from '../ui/format';
import { SeverityMark } from '../ui/icons';
import type { FeedEntry } from './feed';
import type { Neighbour } from './near';
import { RecordingNote } from './RecordingNote';
import { useAcknowledge } from './useAcknowledge';

interface Props {
  readonly alarm: FeedEntry;
  readonly who: string;
  readonly where: string | null;
  readonly near: readonly Neighbour[];
  /** Whether the neighbours' places can be vouched for. */
  readonly vouched: boolean;
  readonly now: number | null;
  /** The one that the key A acknowledges. */
  readonly first: boolean;
  readonly onShow: (alarm: FeedEntry) => void;
  readonly onUnit: (id: string) => void;
}

/** An alarm: what, who, where, how long ago, who is near, and one way to acknowledge. */
export function AlarmCard({ alarm, who, where, near, vouched, now, first, onShow, onUnit }: Props) {
  const { busy, problem, acknowledge } = useAcknowledge(alarm);
  const [note, setNote] = useState('');
  const what = alarm.message ?? alarm.type;
  return (
    <article className="alarm" aria-label={texts.events.alarm(what, who)} data-alarm={alarm.key} tabIndex={-1}>
      <header>
        <SeverityMark severity="critical" done={false} />
        <h3>
          <bdi>{what}</bdi> · <bdi>{who}</bdi>
        </h3>
        <span className="alarm-age">{now === null ? texts.page.none : running(now - (alarm.received ?? alarm.timestamp))}</span>
      </header>
      <p>
        {where !== null && `${where} · `}
        {clockTime(alarm.timestamp, now)}
      </p>
      <Near near={near} vouched={vouched} onUnit={onUnit} />
      <RecordingNote entry={alarm} />
      {problem !== null && (
        <p className="alarm-problem" role="alert">
          {texts.events.refused(problem)}
        </p>
      )}
      <form
        className="alarm-actions"
        onSubmit={(event) => {
          event.preventDefault();
          if (!busy) acknowledge(note);
        }}
      >
        <input
          className="alarm-note"
          value={note}
          maxLength={500}
          placeholder={texts.events.note}
          aria-label={texts.events.noteOf(what)}
          data-note={first ? 'first' : undefined}
          onChange={(event) => { setNote(event.target.value); }}
        />
        <button type="submit" className="button-act" disabled={busy} data-acknowledge={first ? 'first' : 'card'}>
          {busy ? texts.events.acknowledging : texts.events.acknowledge} {first && <kbd>A</kbd>}
        </button>
        <button type="button" onClick={() => { onShow(alarm); }}>
          {texts.events.show}
        </button>
      </form>
    </article>
  );
}

function Near({ near, vouched, onUnit }: Pick<Props, 'near' | 'vouched' | 'onUnit'>) {
  if (near.length === 0) {
    return <p className="alarm-near">{texts.events.nobodyNear}</p>;
  }
  return (
    <p className="alarm-near">
      {vouched ? texts.events.near : texts.events.nearPast}{' '}
      {near.map(({ unit, metres: far }) => (
        <button key={unit.id} type="button" className="near-unit" onClick={() => { onUnit(unit.id); }}>
          <bdi>{unit.name}</bdi> <strong>{metres(far)}</strong>
        </button>
      ))}
    </p>
  );
}
