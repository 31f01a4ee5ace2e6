import type { ReactNode } from 'react';
import { AlertsContext } from '../alerts/useAlerts';
import { LiveContext } from '../useLive';
import type { Desk } from './desk';
import { SignIn } from './SignIn';
import { useSessionState } from './useSession';

/** The room for who is signed in, and the form for who is not. */
export function Gate({ desk, children }: { desk: Desk; children: ReactNode }) {
  const state = useSessionState();
  const room = desk.current();
  if (state.phase === 'out' || !room) {
    return state.phase === 'out' ? <SignIn reason={state.reason} /> : null;
  }
  return (
    <LiveContext value={room.live}>
      <AlertsContext value={room.alerts}>{children}</AlertsContext>
    </LiveContext>
  );
}
