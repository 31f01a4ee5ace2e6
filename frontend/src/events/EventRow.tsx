import { memo } from 'react';
import { texts } from '../texts';
import { clockTime, isoTime } from '../ui/format';
import { SeverityMark } from '../ui/icons';
import type { FeedEntry } from './feed';
import { isCritical } from './feed';
import { RecordingNote } from './RecordingNote';

interface Props {
  readonly entry: FeedEntry;
  readonly who: string;
  readonly where: string | null;
  readonly onShow: (entry: FeedEntry) => void;
}

export const EventRow = memo(function EventRow({ entry, who, where, onShow }: Props) {
  const { acknowledged } = entry;
  return (
    <li className={`event-row${entry.unread ? ' event-unread' : ''}`} data-event={entry.key}>
      <button type="button" onClick={() => { onShow(entry); }}>
        <SeverityMark severity={entry.severity} done={isCritical(entry) && acknowledged !== undefined} />
        <span className="event-what">
          <strong dir="auto">{who}</strong> <bdi>{entry.message ?? entry.type}</bdi>
          <span className="visually-hidden">
            , {entry.severity ?? texts.events.information}
            {entry.unread ? texts.events.spokenUnread : ''}
          </span>
        </span>
        <time className="event-time" dateTime={isoTime(entry.timestamp)}>
          {clockTime(entry.timestamp)}
        </time>
        <span className="event-more">
          {acknowledged
            ? texts.events.acknowledged(clockTime(acknowledged.time), acknowledged.by)
            : where !== null && <span>{where}</span>}
          <RecordingNote entry={entry} />
        </span>
        {acknowledged?.note !== undefined && <q className="event-note" dir="auto">{acknowledged.note}</q>}
      </button>
    </li>
  );
});
