import { useSyncExternalStore } from 'react';

/** What fills the middle of the page; kept in the address, so that a wall can be sent to one. */
export type View = 'map' | 'table' | 'health';
const VIEWS: readonly View[] = ['map', 'table', 'health'];

export function useView(): readonly [View, (view: View) => void] {
  const view = useSyncExternalStore(
    (changed) => {
      window.addEventListener('hashchange', changed);
      return () => { window.removeEventListener('hashchange', changed); };
    },
    () => viewOf(window.location.hash),
  );
  return [view, go];
}

function go(view: View): void {
  window.location.hash = view === 'map' ? '' : `#/${view}`;
}

export function viewOf(hash: string): View {
  return VIEWS.find((view) => hash === `#/${view}`) ?? 'map';
}
