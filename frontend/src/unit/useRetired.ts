import { useEffect } from 'react';
import { useLive } from '../useLive';

/**
 * Calls back when a unit is no more: the server has removed it, or a new snapshot is without it. In the past a unit
 * that is not there yet may still come, and where only a part of the fleet is followed, one that is out of sight.
 */
export function useRetired(id: string | null, onRetired: () => void): void {
  const live = useLive();
  useEffect(() => {
    if (id === null || live.past) return;
    return live.devices.onChange(() => {
      if (live.devices.pictured && !live.narrowed && live.devices.slotOf(id) === undefined) onRetired();
    });
  }, [live, id, onRetired]);
}
