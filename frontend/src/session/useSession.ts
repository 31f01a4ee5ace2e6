import { createContext, useContext, useSyncExternalStore } from 'react';
import { Session } from './session';
import type { SessionState } from './session';

/** By default nobody has to sign in, as in a test of one part. */
export const SessionContext = createContext<Session>(new Session());

export function useSession(): Session {
  return useContext(SessionContext);
}

export function useSessionState(): SessionState {
  const session = useSession();
  return useSyncExternalStore(
    (changed) => session.observe(changed),
    () => session.current(),
  );
}
