import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';

/** The development server with a fleet of its own size, for figures that need more units than the real one has. */
export interface DevServer {
  readonly url: string;
  control(what: string): Promise<void>;
  close(): Promise<void>;
}

export async function devServer(units: number): Promise<DevServer> {
  const script = resolve(import.meta.dirname, '../dev/server.mjs');
  const child = spawn(process.execPath, [script, '--port', '0', '--units', String(units)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  return {
    url: line,
    control: async (what) => {
      await fetch(new URL(`/dev/${what}`, line), { method: 'POST' });
    },
    close: async () => {
      const ended = once(child, 'exit');
      child.kill();
      await ended;
    },
  };
}
