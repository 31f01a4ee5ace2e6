import { getJson, sendJson } from '../events/api';
import type { Fields } from '../protocol/fields';

const SESSION = '/api/v1/session';
/** The page waits for this before it shows anything. */
const ASK_MS = 3_000;

/** Who asks, and whether one has to sign in at this server at all. */
export interface WhoAmI {
  readonly user: string | null;
  readonly signIn: boolean;
}

export async function readSession(): Promise<WhoAmI> {
  return whoOf(await getJson(SESSION, AbortSignal.timeout(ASK_MS)));
}

/** Signs in with a token; rejects with an `ApiError` of status 401 where it is nobody's. */
export async function signIn(token: string): Promise<WhoAmI> {
  return whoOf(await sendJson('POST', SESSION, { token }));
}

export async function signOut(): Promise<void> {
  await sendJson('DELETE', SESSION);
}

function whoOf({ user, signIn: must }: Fields): WhoAmI {
  return { user: typeof user === 'string' ? user : null, signIn: must === true };
}
