import { useState } from 'react';
import { texts } from '../texts';
import type { TrackPoint } from '../unit/track';
import { TRACK_FORMATS, trackFile } from './trackFile';
import type { TrackFile, TrackFormat } from './trackFile';

interface Props {
  readonly id: string;
  readonly from: number;
  readonly to: number;
  /** Positions that may not be recorded yet. */
  readonly seen: readonly TrackPoint[];
}

/** Saves a unit's track as a file, up to this moment. */
export function SaveTrack({ id, from, to, seen }: Props) {
  const [saving, setSaving] = useState<TrackFormat | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const save = async (format: TrackFormat) => {
    setSaving(format);
    setProblem(null);
    try {
      download(await trackFile(id, from, to, seen, format));
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
    }
    setSaving(null);
  };
  return (
    <footer>
      <span className="muted">{texts.history.save}</span>
      {TRACK_FORMATS.map((format) => (
        <button key={format} type="button" className="chip" disabled={saving !== null} onClick={() => void save(format)}>
          {saving === format ? texts.history.saving : texts.history.formats[format]}
        </button>
      ))}
      {problem !== null && <span className="late" role="alert">{texts.history.notSaved(problem)}</span>}
    </footer>
  );
}

function download({ name, type, text }: TrackFile): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => { URL.revokeObjectURL(url); }, 60_000);
}
