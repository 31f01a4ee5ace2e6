import { texts } from '../texts';
import type { FeedEntry } from './feed';

/** Says so when an event is not, or will not be, in history. */
export function RecordingNote({ entry }: { entry: FeedEntry }) {
  if (entry.recording === 'recorded') {
    return null;
  }
  return entry.recording === 'pending' ? (
    <span className="recording">{texts.events.pending}</span>
  ) : (
    <span className="recording recording-failed">{texts.events.unrecorded(entry.recording.unrecorded)}</span>
  );
}
