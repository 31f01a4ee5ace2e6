import type { FeedEntry } from './feed';

/** Says so when an event is not, or will not be, in history. */
export function RecordingNote({ entry }: { entry: FeedEntry }) {
  if (entry.recording === 'recorded') {
    return null;
  }
  return entry.recording === 'pending' ? (
    <span className="recording">not yet recorded</span>
  ) : (
    <span className="recording recording-failed">not recorded: {entry.recording.unrecorded}</span>
  );
}
