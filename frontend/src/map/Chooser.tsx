import { useEffect, useRef } from 'react';
import { texts } from '../texts';
import { age } from '../ui/format';
import { Glyph, UnitMark } from '../ui/icons';
import { useLive, useServerSecond } from '../useLive';
import type { Choice } from './picks';

const MOST = 200;
const WIDTH = 260;

interface Props {
  readonly choice: Choice;
  readonly onPick: (id: string) => void;
  readonly onClose: () => void;
}

/** Units that stand in one place, by name, so that each of them can be reached. */
export function Chooser({ choice, onPick, onClose }: Props) {
  const { devices } = useLive();
  const now = useServerSecond();
  const first = useRef<HTMLButtonElement>(null);
  const box = useRef<HTMLElement>(null);
  const units = choice.ids
    .flatMap((id) => devices.unitById(id) ?? [])
    .sort((a, b) => Number(b.alarm) - Number(a.alarm) || a.name.localeCompare(b.name, undefined, { numeric: true }));

  useEffect(() => {
    const before = document.activeElement;
    first.current?.focus();
    return () => {
      if (before instanceof HTMLElement && before !== document.body) before.focus();
    };
  }, [choice]);
  useEffect(() => {
    const { parentElement } = box.current ?? {};
    if (!box.current || !parentElement) return;
    // Beside the place, and within the map.
    const left = Math.max(8, Math.min(choice.x + 14, parentElement.clientWidth - WIDTH - 8));
    const top = Math.max(8, Math.min(choice.y - 20, parentElement.clientHeight - box.current.offsetHeight - 8));
    box.current.style.left = `${String(left)}px`;
    box.current.style.top = `${String(top)}px`;
  });

  return (
    <section
      ref={box}
      className="chooser"
      role="dialog"
      aria-label={texts.map.inOnePlace(units.length)}
      onKeyDown={(event) => {
        if (event.key === 'Escape') {
          event.stopPropagation();
          onClose();
        }
        if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
          event.preventDefault();
          step(event.currentTarget, event.key === 'ArrowDown' ? 1 : -1);
        }
      }}
    >
      <header>
        <h2>{texts.map.unitsHere(units.length)}</h2>
        <button type="button" className="icon" aria-label={texts.page.close} onClick={onClose}>
          <Glyph of="close" />
        </button>
      </header>
      <ul>
        {units.slice(0, MOST).map((unit, i) => (
          <li key={unit.id}>
            <button ref={i === 0 ? first : undefined} type="button" data-unit onClick={() => { onPick(unit.id); }}>
              <UnitMark shape={unit.shape} state={unit.state} alarm={unit.alarm} />
              <strong dir="auto">{unit.name}</strong>
              <span className={`tone-${unit.alarm ? 'act-text' : unit.state}`}>{unit.alarm ? texts.units.alarm : texts.units.states[unit.state]}</span>
              <span className="muted">{age(now === null ? Number.NaN : now - unit.seenAt)}</span>
            </button>
          </li>
        ))}
      </ul>
      {units.length > MOST && <p className="muted">{texts.map.moreHere(units.length - MOST)}</p>}
    </section>
  );
}

function step(list: HTMLElement, by: number): void {
  const buttons = [...list.querySelectorAll<HTMLButtonElement>('button[data-unit]')];
  const at = buttons.findIndex((button) => button === document.activeElement);
  buttons[Math.max(0, Math.min(buttons.length - 1, at + by))]?.focus();
}
