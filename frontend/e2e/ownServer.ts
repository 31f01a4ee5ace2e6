import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const LAUNCHER = resolve(import.meta.dirname, '../../sightline');
const START_MS = 120_000;
const LOOK_EVERY_MS = 100;

interface Ready {
  readonly http: number;
  readonly mqtt: number;
}

/**
 * A Sightline of a test's own, with its own data, settings and ports, that can be killed and started again on
 * the same ones: broker, bridge, history and gateway are its one process.
 */
export class OwnServer {
  private child: ChildProcess | null = null;
  private ports: Ready = { http: 0, mqtt: 0 };

  private constructor(private readonly home: string) {}

  /** Starts it, with settings as the lines of a settings file. */
  static async start(settings = ''): Promise<OwnServer> {
    const server = new OwnServer(mkdtempSync(join(tmpdir(), 'sightline-e2e-')));
    writeFileSync(join(server.home, 'settings.yaml'), settings);
    await server.up();
    return server;
  }

  get url(): string {
    return `http://127.0.0.1:${String(this.ports.http)}/`;
  }

  get mqttUrl(): string {
    return `mqtt://127.0.0.1:${String(this.ports.mqtt)}`;
  }

  /** Ends its process, at once or in order, and starts it anew; answers how long it was away, in ms. */
  async restart(signal: 'SIGKILL' | 'SIGTERM'): Promise<number> {
    const began = Date.now();
    await this.end(signal);
    await this.up();
    return Date.now() - began;
  }

  async close(): Promise<void> {
    await this.end('SIGTERM');
    rmSync(this.home, { recursive: true, force: true });
  }

  private async up(): Promise<void> {
    const ready = join(this.home, 'ready.json');
    rmSync(ready, { force: true });
    const log = openSync(join(this.home, 'up.log'), 'a');
    const child = spawn(
      LAUNCHER,
      [
        'up', '--port', String(this.ports.http), '--mqtt-port', String(this.ports.mqtt),
        '--data', join(this.home, 'data'), '--config', join(this.home, 'settings.yaml'), '--ready-file', ready,
      ],
      { stdio: ['ignore', log, log], env: withoutSettings(process.env) },
    );
    this.child = child;
    const late = Date.now() + START_MS;
    while (!existsSync(ready)) {
      if (child.exitCode !== null || Date.now() > late) {
        throw new Error(`Sightline did not start:\n${readFileSync(join(this.home, 'up.log'), 'utf8').slice(-2_000)}`);
      }
      await new Promise((done) => setTimeout(done, LOOK_EVERY_MS));
    }
    const { http, mqtt } = JSON.parse(readFileSync(ready, 'utf8')) as { http: number | string; mqtt: number | string };
    this.ports = { http: portOf(http), mqtt: portOf(mqtt) };
  }

  private async end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    const { child } = this;
    this.child = null;
    if (child?.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
  }
}

function portOf(value: number | string): number {
  return typeof value === 'number' ? value : Number(new URL(value).port);
}

/** Settings of the surroundings are not the test's. */
function withoutSettings(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const own = ['SIGHTLINE_JAVA_HOME', 'SIGHTLINE_JAVA_OPTIONS'];
  return Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith('SIGHTLINE_') || own.includes(name)));
}
