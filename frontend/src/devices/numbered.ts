import { HAS_IDENTITY } from '../protocol/binary';
import type { BinarySink } from '../protocol/binary';
import type { DeviceStore } from './store';

const NONE = -1;

/**
 * Feeds binary messages into the store: knows which slot a number of this connection means. Numbers are
 * explained anew with each whole snapshot; one that isn't explained yet is passed over, its unit follows
 * whole.
 */
export class NumberedUnits implements BinarySink {
  private slots = new Int32Array(0);
  private snapshot = false;
  private parts = false;

  constructor(private readonly store: DeviceStore) {}

  /** Numbers are of one connection: on the next they mean others. */
  connectionBegins(): void {
    this.slots.fill(NONE);
    this.parts = false;
    this.store.connectionBegins();
  }

  begins(snapshot: boolean): void {
    this.snapshot = snapshot;
    this.store.frameBegins();
    if (snapshot && !this.parts) {
      this.slots.fill(NONE);
      this.store.snapshotBegins();
    }
  }

  identity(number: number, id: string, name: string | null, kind: string | null, groups: readonly string[]): void {
    if (number >= this.slots.length) {
      const grown = new Int32Array(Math.max(1_024, 2 * number)).fill(NONE);
      grown.set(this.slots);
      this.slots = grown;
    }
    this.slots[number] = this.store.identify(id, name, kind, groups, this.snapshot);
  }

  device(number: number, has: number, values: Float64Array, condition: number): void {
    const slot = number < this.slots.length ? this.slots[number] : NONE;
    if (slot !== NONE) {
      this.store.take(slot, has & ~HAS_IDENTITY, values, condition);
    }
  }

  removed(number: number): void {
    const slot = number < this.slots.length ? this.slots[number] : NONE;
    if (slot !== NONE) {
      this.slots[number] = NONE;
      this.store.vacate(slot);
    }
  }

  ends(more: boolean): void {
    if (this.snapshot) {
      this.parts = more;
      if (!more) this.store.snapshotEnds();
    }
    this.store.frameEnds();
  }
}
