import type { ReactNode } from 'react';
import { texts } from '../texts';
import { Glyph } from './icons';

interface Props {
  /** For style and for keys; `name` is what a person reads. */
  readonly id: 'units' | 'events';
  readonly name: string;
  readonly side: 'left' | 'right';
  readonly open: boolean;
  readonly onOpen: (open: boolean) => void;
  readonly children: ReactNode;
}

/** A panel beside the map that folds away; on a phone a sheet over it. */
export function Side({ id, name, side, open, onOpen, children }: Props) {
  const action = texts.page.fold(open, name);
  return (
    <aside className={`side side-${side}`} data-open={open} data-name={id} aria-label={name}>
      <div className="side-content" hidden={!open}>
        {children}
      </div>
      <button
        type="button"
        className="fold"
        aria-expanded={open}
        aria-label={action}
        title={action}
        onClick={() => { onOpen(!open); }}
      >
        <Glyph of={(side === 'left') === open ? 'left' : 'right'} />
      </button>
    </aside>
  );
}
