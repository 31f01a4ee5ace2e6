import { cleanup, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { NO_EVENTS, fakeApi } from '../testing/fakeApi';
import { FakeWorld } from '../testing/fakeWorld';
import { Live } from '../live';
import { Desk } from './desk';
import { Gate } from './Gate';
import { Session } from './session';
import { SessionContext } from './useSession';
import { Who } from './Who';

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const TOKEN = 'anna-token-0123456';

/** A page whose server knows Anna by her token; `worlds` are those of the rooms that were opened. */
async function page(signedIn: string | null) {
  let user = signedIn;
  const calls = fakeApi((path, method): { status?: number; body: unknown } => {
    if (!path.endsWith('/session')) return NO_EVENTS;
    if (method === 'DELETE') user = null;
    if (method === 'POST') {
      if (calls.at(-1)?.body !== JSON.stringify({ token: TOKEN })) return { status: 401, body: { detail: 'the token is nobody’s' } };
      user = 'anna';
    }
    return { body: { user, signIn: true } };
  });
  const worlds: FakeWorld[] = [];
  const session = new Session();
  const desk = new Desk(session, () => {
    const world = new FakeWorld();
    worlds.push(world);
    const live = new Live(world);
    live.start();
    return { live, alerts: null, close: () => { live.stop(); } };
  });
  await session.ask();
  desk.start();
  render(<SessionContext value={session}><Gate desk={desk}><p>the room</p><Who /></Gate></SessionContext>);
  return { worlds, calls, session };
}

describe('signing in', () => {
  it('nothing of the room is opened before; a wrong token is said, and the right one leads in', async () => {
    const { worlds } = await page(null);
    expect(worlds).toHaveLength(0);
    const field = screen.getByLabelText('Token');
    expect(document.activeElement).toBe(field);
    await userEvent.type(field, 'wrong{Enter}');
    expect((await screen.findByRole('alert')).textContent).toContain('nobody’s');
    expect(field.getAttribute('aria-invalid')).toBe('true');
    await userEvent.type(field, `{Control>}a{/Control}${TOKEN}{Enter}`);
    expect(await screen.findByText('the room')).toBeTruthy();
    expect(worlds).toHaveLength(1);
    expect(screen.getByRole('button', { name: 'Signed in as anna' }).textContent).toBe('A');
  });

  it('a sign-in that ends closes the room and says so, and the next one opens another', async () => {
    const { worlds } = await page('anna');
    worlds[0].goLive();
    worlds[0].socket.onclose?.({ code: 4401 });
    expect((await screen.findByRole('status')).textContent).toContain('your sign-in has ended');
    expect(screen.queryByText('the room')).toBeNull();
    expect(worlds[0].timersSet).toBe(0);
    await userEvent.type(screen.getByLabelText('Token'), `${TOKEN}{Enter}`);
    expect(await screen.findByText('the room')).toBeTruthy();
    expect(worlds).toHaveLength(2);
  });

  it('a connection that is lost for another reason signs nobody out', async () => {
    const { worlds } = await page('anna');
    worlds[0].goLive();
    worlds[0].socket.onclose?.({ code: 4403 });
    expect(screen.getByText('the room')).toBeTruthy();
  });

  it('signing out tells the server, and shows the form', async () => {
    const { calls, worlds } = await page('anna');
    await userEvent.click(screen.getByText('Sign out'));
    expect((await screen.findByRole('status')).textContent).toContain('You have signed out');
    expect(calls.at(-1)).toMatchObject({ method: 'DELETE' });
    expect(worlds[0].timersSet).toBe(0);
  });

  it('where nobody has to sign in, nothing of it is shown', async () => {
    fakeApi(() => ({ body: { user: 'local', signIn: false } }));
    const session = new Session();
    await session.ask();
    render(<SessionContext value={session}><Who /></SessionContext>);
    expect(screen.queryByRole('button')).toBeNull();
  });
});
