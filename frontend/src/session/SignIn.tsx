import { useEffect, useRef, useState } from 'react';
import type { SubmitEvent } from 'react';
import { ApiError } from '../events/api';
import { texts } from '../texts';
import { Logo } from '../ui/icons';
import { useSession } from './useSession';
import type { Reason } from './session';

/** The way in, where one has to sign in. Nothing of the room is on the page while this is. */
export function SignIn({ reason }: { reason: Reason }) {
  const session = useSession();
  const [token, setToken] = useState('');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    document.title = texts.session.title;
    field.current?.focus();
  }, []);

  const enter = async (event: SubmitEvent) => {
    event.preventDefault();
    if (token.trim() === '') {
      setProblem(texts.session.missing);
      field.current?.focus();
      return;
    }
    setBusy(true);
    setProblem(null);
    try {
      await session.enter(token.trim());
    } catch (error) {
      setProblem(problemOf(error));
      setBusy(false);
      field.current?.select();
    }
  };

  return (
    <main className="sign-in">
      <form onSubmit={(event) => void enter(event)} noValidate>
        <h1>
          <Logo /> {texts.page.name}
        </h1>
        <p className={reason === 'ended' ? 'late' : 'muted'} role="status">
          {texts.session.reasons[reason]}
        </p>
        <label htmlFor="token">{texts.session.token}</label>
        <input
          ref={field}
          id="token"
          name="token"
          type="password"
          autoComplete="current-password"
          spellCheck={false}
          value={token}
          aria-invalid={problem !== null}
          aria-describedby={problem === null ? 'token-hint' : 'token-problem'}
          onChange={(event) => {
            setToken(event.target.value);
            setProblem(null);
          }}
        />
        {problem === null ? (
          <p id="token-hint" className="muted">{texts.session.hint}</p>
        ) : (
          <p id="token-problem" className="late" role="alert">{problem}</p>
        )}
        <button type="submit" disabled={busy}>
          {busy ? texts.session.entering : texts.session.enter}
        </button>
      </form>
    </main>
  );
}

function problemOf(error: unknown): string {
  if (error instanceof ApiError) {
    return error.status === 401 ? texts.session.wrong : texts.session.refused(error.message);
  }
  return texts.session.unreachable;
}
