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

export interface DevData {
  /** A basemap of the operator's, and the names of its layers. */
  readonly basemap?: { readonly file: string; readonly layers: string };
  /** What is served as the shipped basemap's land. */
  readonly land?: string;
}

export async function devServer(units: number, { basemap, land }: DevData = {}): Promise<DevServer> {
  const script = resolve(import.meta.dirname, '../dev/server.mjs');
  const data = [...(basemap ? ['--basemap', basemap.file, basemap.layers] : []), ...(land === undefined ? [] : ['--land', land])];
  const child = spawn(process.execPath, [script, '--port', '0', '--units', String(units), ...data], {
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
