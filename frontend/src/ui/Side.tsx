import { useState } from 'react';
import type { ReactNode } from 'react';
import { Glyph } from './icons';

interface Props {
  readonly name: string;
  readonly side: 'left' | 'right';
  readonly children: ReactNode;
}

/** A panel beside the map that folds away; on a phone a sheet over it. */
export function Side({ name, side, children }: Props) {
  const [open, setOpen] = useState(true);
  return (
    <aside className={`side side-${side}`} data-open={open} data-name={name.toLowerCase()} aria-label={name}>
      <div className="side-content" hidden={!open}>
        {children}
      </div>
      <button
        type="button"
        className="fold"
        aria-expanded={open}
        aria-label={`${open ? 'Fold' : 'Show'} ${name.toLowerCase()}`}
        title={`${open ? 'Fold' : 'Show'} ${name.toLowerCase()}`}
        onClick={() => { setOpen(!open); }}
      >
        <Glyph of={(side === 'left') === open ? 'left' : 'right'} />
      </button>
    </aside>
  );
}
