/** What single keys do; the help lists these, in this order. */
export const KEYS = [
  { key: '/', action: 'search' },
  { key: 'j', action: 'next' },
  { key: 'k', action: 'previous' },
  { key: 'u', action: 'units' },
  { key: 'e', action: 'events' },
  { key: 'a', action: 'acknowledge' },
  { key: 'n', action: 'note' },
  { key: 'f', action: 'follow' },
  { key: 'h', action: 'history' },
  { key: 't', action: 'table' },
  { key: 's', action: 'health' },
  { key: 'p', action: 'play' },
  { key: 'l', action: 'live' },
  { key: 'm', action: 'mute' },
  { key: '?', action: 'help' },
  { key: 'Escape', action: 'close' },
] as const;

export type Action = (typeof KEYS)[number]['action'];

/** What a key press asks for; null for none, and while somebody types (only Escape is heard then). */
export function actionOf(event: KeyboardEvent, singleKeys: boolean): Action | null {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) {
    return null;
  }
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const found = KEYS.find((binding) => binding.key === key);
  if (!found || (found.action !== 'close' && (!singleKeys || isTyping(event.target)))) {
    return null;
  }
  const repeats = found.action === 'next' || found.action === 'previous';
  return event.repeat && !repeats ? null : found.action;
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('input:not([type="range"]), select, textarea') !== null;
}
