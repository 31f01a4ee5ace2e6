import { SIGNED_OUT } from '../protocol/closeCodes';
import type { Connection } from '../connection/driver';
import { readSession, signIn, signOut } from './api';
import type { WhoAmI } from './api';

/** Why the sign-in form stands there: nobody has signed in yet, or who had is signed in no more. */
export type Reason = 'first' | 'ended' | 'by hand';

/**
 * Who sits at this page.
 *
 *   in   they see the room; `user` is null while the server has not said who, `signIn` whether one must sign in here
 *   out  they see the sign-in form, and nothing of the room
 */
export type SessionState =
  | { readonly phase: 'in'; readonly user: string | null; readonly signIn: boolean }
  | { readonly phase: 'out'; readonly reason: Reason };

/** Who is signed in at this page, and the way in and out. Lives outside React, on the browser's one thread. */
export class Session {
  private state: SessionState = { phase: 'in', user: null, signIn: false };
  private readonly observers = new Set<() => void>();

  current(): SessionState {
    return this.state;
  }

  observe(observer: () => void): () => void {
    this.observers.add(observer);
    return () => this.observers.delete(observer);
  }

  /** Asks the server who is signed in. Where it does not answer, the room shows that itself. */
  async ask(): Promise<void> {
    try {
      this.told(await readSession());
    } catch (error) {
      console.warn('who is signed in could not be read', error);
    }
  }

  /** Signs in; rejects with what the server said against it. */
  async enter(token: string): Promise<void> {
    this.told(await signIn(token));
  }

  /** Signs out, here and at the server: every connection of this sign-in ends. */
  async leave(): Promise<void> {
    await signOut();
    this.become({ phase: 'out', reason: 'by hand' });
  }

  /** Watches a connection: the server closes it with a code of its own when a sign-in ends. */
  watch(connection: Connection): () => void {
    return connection.observe(() => {
      const state = connection.current();
      if (state.phase === 'closed' && state.code === SIGNED_OUT && this.state.phase === 'in') {
        this.become({ phase: 'out', reason: this.state.user === null ? 'first' : 'ended' });
      }
    });
  }

  private told({ user, signIn: must }: WhoAmI): void {
    this.become(user === null && must ? { phase: 'out', reason: 'first' } : { phase: 'in', user, signIn: must });
  }

  private become(state: SessionState): void {
    this.state = state;
    for (const observer of this.observers) {
      observer();
    }
  }
}
