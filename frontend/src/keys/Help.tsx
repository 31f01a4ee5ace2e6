import { useEffect, useRef } from 'react';
import { texts } from '../texts';
import { Glyph } from '../ui/icons';
import { KEYS } from './keys';

interface Props {
  readonly singleKeys: boolean;
  readonly onSingleKeys: (on: boolean) => void;
  readonly onClose: () => void;
}

/** What each key does, and the switch that turns single keys off. */
export function Help({ singleKeys, onSingleKeys, onClose }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const element = dialog.current;
    if (element && !element.open) element.showModal();
  }, []);
  return (
    <dialog ref={dialog} className="help" aria-labelledby="help-name" onClose={onClose}>
      <header>
        <h2 id="help-name">{texts.help.name}</h2>
        <button type="button" className="icon" aria-label={texts.page.close} title={texts.page.close} onClick={onClose}>
          <Glyph of="close" />
        </button>
      </header>
      <dl>
        {KEYS.map(({ key, action }) => (
          <div key={key}>
            <dt>
              <kbd>{key.length === 1 ? key.toUpperCase() : texts.help.escape}</kbd>
            </dt>
            <dd>{texts.help.actions[action]}</dd>
          </div>
        ))}
      </dl>
      <p className="muted">{texts.help.more}</p>
      <label className="help-switch">
        <input type="checkbox" checked={singleKeys} onChange={(event) => { onSingleKeys(event.target.checked); }} />
        {texts.help.singleKeys}
      </label>
    </dialog>
  );
}
