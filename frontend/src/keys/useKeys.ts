import { useEffect, useRef, useState } from 'react';
import { actionOf } from './keys';
import type { Action } from './keys';

export type Hands = Partial<Record<Action, () => void>>;

const SINGLE_KEYS = 'sightline.singleKeys';

/** One listener for all single keys; a key that nobody handles is the browser's. */
export function useKeys(hands: Hands, singleKeys: boolean): void {
  const current = useRef(hands);
  useEffect(() => {
    current.current = hands;
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const action = actionOf(event, singleKeys);
      const act = action && current.current[action];
      if (act) {
        if (action !== 'close') event.preventDefault();
        act();
      }
    };
    window.addEventListener('keydown', onKey);
    return () => { window.removeEventListener('keydown', onKey); };
  }, [singleKeys]);
}

/** Whether single keys do anything; some people need them off (WCAG 2.1.4). Kept in this browser. */
export function useSingleKeys(): readonly [boolean, (on: boolean) => void] {
  const [on, setOn] = useState(() => localStorage.getItem(SINGLE_KEYS) !== 'off');
  const change = (next: boolean) => {
    localStorage.setItem(SINGLE_KEYS, next ? 'on' : 'off');
    setOn(next);
  };
  return [on, change];
}
