// The processes of a peer: started, watched and stopped together.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, openSync, closeSync, readFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const START_MILLIS = 30_000;
const STOP_MILLIS = 10_000;
const PROBE_MILLIS = 25;

export class Parts {
  #folder;
  #started = [];
  #ended = () => {};
  #stopping = false;

  constructor(folder) {
    this.#folder = folder;
  }

  /** Called with a sentence when a part ends that was not told to. */
  onEnd(listener) {
    this.#ended = listener;
  }

  /**
   * Starts a process, and waits until it serves its port.
   *
   * @param port on 127.0.0.1; absent where `line` says that it is ready
   * @param line what its output begins with once it is ready
   */
  async run({ name, command, packageName, args, port, line }) {
    if (this.#stopping) {
      throw new Error('stopped while starting');
    }
    if (command.startsWith('/') && !existsSync(command)) {
      throw new Error(`${command} is missing; install the package ${packageName}`);
    }
    const log = join(this.#folder, `${name}.log`);
    const output = openSync(log, 'w');
    const child = spawn(command, args, { cwd: this.#folder, stdio: ['ignore', output, output] });
    closeSync(output);
    const part = { name, child, log, over: false };
    child.once('error', (failure) => this.#over(part, failure.message));
    child.once('exit', (code, signal) => this.#over(part, `ended with ${signal ?? code}`));
    this.#started.push(part);
    const deadline = Date.now() + START_MILLIS;
    while (!(port === undefined ? readFileSync(log, 'utf8').startsWith(line) : await serves(port))) {
      if (part.over || Date.now() > deadline) {
        throw new Error(`${name} did not start:\n${readFileSync(log, 'utf8')}`);
      }
      await sleep(PROBE_MILLIS);
    }
  }

  #over(part, why) {
    part.over = true;
    if (!this.#stopping) {
      this.#ended(`${part.name} ${why}:\n${readFileSync(part.log, 'utf8').slice(-2000)}`);
    }
  }

  pids() {
    return this.#started.map((part) => part.child.pid);
  }

  /** Stops the last one first; kills what does not go. */
  async stop() {
    this.#stopping = true;
    for (const part of this.#started.reverse()) {
      if (!part.over) {
        const gone = once(part.child, 'exit');
        part.child.kill('SIGTERM');
        const timer = setTimeout(() => part.child.kill('SIGKILL'), STOP_MILLIS);
        await gone;
        clearTimeout(timer);
      }
    }
  }
}

/** As many free ports on 127.0.0.1; all are held until the last is found, so that none comes twice. */
export async function freePorts(count) {
  const servers = Array.from({ length: count }, () => createServer());
  const ports = [];
  for (const server of servers) {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    ports.push(server.address().port);
  }
  for (const server of servers) {
    server.close();
    await once(server, 'close');
  }
  return ports;
}

function serves(port) {
  return new Promise((done) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => done(socket.destroy() && true));
    socket.once('error', () => done(false));
  });
}
