import { useEffect, useState } from 'react';
import { texts } from '../texts';
import { position } from '../ui/format';

const TOLD_MS = 2_000;

/** A position as text that a click puts on the clipboard, for the radio log or another program. */
export function CopyPosition({ lat, lon }: { lat: number; lon: number }) {
  const [told, setTold] = useState<string | null>(null);
  useEffect(() => {
    if (told === null) return;
    const timer = setTimeout(() => { setTold(null); }, TOLD_MS);
    return () => { clearTimeout(timer); };
  }, [told]);
  const text = position(lat, lon);
  if (Number.isNaN(lat)) return <span className="muted">{text}</span>;
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setTold(texts.map.copied);
    } catch {
      setTold(texts.map.notCopied);
    }
  };
  return (
    <button type="button" className="link copy-position" title={texts.map.copy(text)} onClick={() => void copy()}>
      <span role="status">{told ?? ''}</span> {text}
    </button>
  );
}
