import { createServer, connect } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { BASE_URL } from './field';

/** A TCP proxy in front of the server whose link a test can freeze, cut, and keep from coming back. */
export class LinkProxy {
  private readonly pairs = new Set<readonly [Socket, Socket]>();
  private frozen = false;
  private refusing = false;
  private readonly server: Server;

  private constructor(target: URL) {
    this.server = createServer((near) => {
      if (this.refusing) {
        near.destroy();
        return;
      }
      const far = connect(Number(target.port || 80), target.hostname);
      const pair = [near, far] as const;
      this.pairs.add(pair);
      for (const [from, to] of [pair, [far, near] as const]) {
        from.pipe(to);
        from.on('error', () => to.destroy());
        from.on('close', () => {
          to.destroy();
          this.pairs.delete(pair);
        });
        if (this.frozen) from.unpipe(to).pause();
      }
    });
  }

  static async open(url = BASE_URL): Promise<LinkProxy> {
    const proxy = new LinkProxy(new URL(url));
    await new Promise<void>((resolve) => proxy.server.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  get url(): string {
    return `http://127.0.0.1:${String((this.server.address() as AddressInfo).port)}/`;
  }

  /** Nothing passes any more, and nobody is told. */
  freeze(): void {
    this.frozen = true;
    for (const [near, far] of this.pairs) {
      near.unpipe(far).pause();
      far.unpipe(near).pause();
    }
  }

  thaw(): void {
    this.frozen = false;
    for (const [near, far] of this.pairs) {
      near.pipe(far);
      far.pipe(near);
    }
  }

  /** Ends every connection, and refuses new ones until {@link restore}. */
  cut(): void {
    this.refusing = true;
    for (const [near, far] of this.pairs) {
      near.destroy();
      far.destroy();
    }
  }

  restore(): void {
    this.refusing = false;
  }

  async close(): Promise<void> {
    this.cut();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
