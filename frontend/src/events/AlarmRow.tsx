import { texts } from '../texts';
import { running } from '../ui/format';
import { SeverityMark } from '../ui/icons';
import type { FeedEntry } from './feed';
import { useAcknowledge } from './useAcknowledge';

interface Props {
  readonly alarm: FeedEntry;
  readonly who: string;
  readonly now: number | null;
  /** Shows it whole. */
  readonly onOpen: () => void;
}

/** An alarm behind the first ones, on one line: none is hidden, however many stand; it opens to a card. */
export function AlarmRow({ alarm, who, now, onOpen }: Props) {
  const { busy, problem, acknowledge } = useAcknowledge(alarm);
  const what = alarm.message ?? alarm.type;
  return (
    <article className="alarm-row" aria-label={texts.events.alarm(what, who)} data-alarm={alarm.key} tabIndex={-1}>
      <SeverityMark severity="critical" done={false} />
      <button type="button" className="link alarm-row-what" aria-expanded={false} onClick={onOpen}>
        <strong dir="auto">{who}</strong> <bdi>{what}</bdi>
        {problem !== null && <span role="alert">{texts.events.refused(problem)}</span>}
      </button>
      <span className="alarm-age">{now === null ? texts.page.none : running(now - (alarm.received ?? alarm.timestamp))}</span>
      <button type="button" disabled={busy} data-acknowledge="card" onClick={() => { acknowledge(''); }}>
        {texts.events.acknowledge}
      </button>
    </article>
  );
}
