import { useEffect, useState } from 'react';
import { loadWhereabouts } from '../map/whereabouts';
import type { Whereabouts } from '../map/whereabouts';

/** Street names; null until they are read, and where they can't be. */
export function useWhereabouts(): Whereabouts | null {
  const [whereabouts, setWhereabouts] = useState<Whereabouts | null>(null);
  useEffect(() => {
    let gone = false;
    loadWhereabouts(document.baseURI).then(
      (loaded) => {
        if (!gone) setWhereabouts(loaded);
      },
      (error: unknown) => { console.warn('street names could not be read', error); },
    );
    return () => {
      gone = true;
    };
  }, []);
  return whereabouts;
}
