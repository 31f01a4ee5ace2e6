import { useState } from 'react';
import { texts } from '../texts';
import { useSession, useSessionState } from './useSession';

/** Who is signed in, and the way out; nothing where nobody has to sign in. */
export function Who() {
  const session = useSession();
  const state = useSessionState();
  const [problem, setProblem] = useState(false);
  if (state.phase !== 'in' || !state.signIn || state.user === null) {
    return null;
  }
  const { user } = state;
  return (
    <>
      <button type="button" className="who" popoverTarget="who" aria-label={texts.session.signedInAs(user)} title={texts.session.signedInAs(user)}>
        {initialsOf(user)}
      </button>
      <div id="who" popover="auto" className="who-menu">
        <p>{texts.session.signedInAs(user)}</p>
        {problem && <p className="late" role="alert">{texts.session.unreachable}</p>}
        <button
          type="button"
          onClick={() => {
            setProblem(false);
            session.leave().catch(() => { setProblem(true); });
          }}
        >
          {texts.session.leave}
        </button>
      </div>
    </>
  );
}

/** `Dispatcher 4` is D4, `anna` is A. */
function initialsOf(name: string): string {
  const words = name.split(/[\s._-]+/).filter((word) => word !== '');
  const [first = '', last = ''] = [words.at(0), words.length > 1 ? words.at(-1) : ''].map((word) => Array.from(word ?? '')[0] ?? '');
  return (first + last).toLocaleUpperCase();
}
