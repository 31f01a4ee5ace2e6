import { createContext, useContext, useSyncExternalStore } from 'react';
import type { Alerts } from './alerts';
import type { DesktopState } from './desktop';
import type { SoundState } from './sound';

/** Null where nothing is to be heard, as in a test of one part. */
export const AlertsContext = createContext<Alerts | null>(null);

export function useAlerts(): Alerts | null {
  return useContext(AlertsContext);
}

const never = () => () => undefined;

export function useSoundState(): SoundState {
  const sound = useAlerts()?.sound;
  return useSyncExternalStore(
    sound ? (changed) => sound.observe(changed) : never,
    () => sound?.state() ?? 'unavailable',
  );
}

export function useDesktopState(): DesktopState {
  const desktop = useAlerts()?.desktop;
  return useSyncExternalStore(
    desktop ? (changed) => desktop.observe(changed) : never,
    () => desktop?.state() ?? 'unavailable',
  );
}
