/** What the keys do to the page's focus: the lists are walked in the order in which they are read. */

const STOPS = '[data-alarm], .event-row > button';

/** The next or previous alarm or event, or, outside of the event panel, unit; `by` is 1 or -1. */
export function walk(by: 1 | -1): void {
  const events = document.querySelector('[data-name="events"]');
  if (events?.contains(document.activeElement)) {
    walkEvents(events, by);
    return;
  }
  const list = document.querySelector<HTMLElement>('[data-walk="units"]');
  if (!list) return;
  list.focus();
  const key = by === 1 ? 'ArrowDown' : 'ArrowUp';
  list.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
}

function walkEvents(panel: Element, by: 1 | -1): void {
  const stops = [...panel.querySelectorAll<HTMLElement>(STOPS)];
  const at = stops.findIndex((stop) => stop.contains(document.activeElement));
  const next = stops[at === -1 ? 0 : Math.min(stops.length - 1, Math.max(0, at + by))] as HTMLElement | undefined;
  if (next) {
    next.tabIndex = next.tabIndex < 0 ? -1 : next.tabIndex;
    next.focus();
    next.scrollIntoView({ block: 'nearest' });
  }
}

export function focusUnits(): void {
  document.querySelector<HTMLElement>('[data-walk="units"]')?.focus();
}

export function focusEvents(): void {
  document.querySelector<HTMLElement>('[data-alarm], .event-row > button')?.focus();
}

/** Acknowledges the alarm that has the focus, else the one that says so on its button. */
export function acknowledgeCurrent(): void {
  const here = document.activeElement?.closest('[data-alarm]')?.querySelector<HTMLElement>('[data-acknowledge]');
  (here ?? document.querySelector<HTMLElement>('[data-acknowledge="first"]'))?.click();
}

export function writeNote(): void {
  const here = document.activeElement?.closest('[data-alarm]')?.querySelector<HTMLElement>('.alarm-note');
  (here ?? document.querySelector<HTMLElement>('[data-note="first"]'))?.focus();
}
