import type { MqttClient } from 'mqtt';
import { connectAsync } from 'mqtt';

/** A tenth of the fleet reports every tenth of this. */
const REPORT_EVERY_MS = 2_000;
const TURNS = 10;
const DEG = 1e-4;

interface FieldEvent {
  readonly device: string;
  readonly id: string;
  readonly timestamp: number;
  readonly type: string;
  readonly severity: string;
  readonly message: string;
}

/**
 * The units of a shift, as stock devices would be: each reports its position for as long as it has a voice, and
 * keeps an event until its id comes back on its acks, sending it again on each new connection.
 */
export class ShiftFleet {
  private readonly unacknowledged = new Map<string, FieldEvent>();
  private readonly silent = new Map<string, number>();
  private readonly moved = new Map<string, number>();
  private readonly timer: ReturnType<typeof setInterval>;
  private turn = 0;
  /** Events that were acknowledged to their devices. */
  acknowledged = 0;

  private constructor(
    private readonly mqtt: MqttClient,
    readonly units: readonly string[],
  ) {
    mqtt.on('message', (topic, payload) => { this.answered(topic.split('/')[1], payload); });
    mqtt.on('connect', () => { this.connected(); });
    this.connected();
    this.timer = setInterval(() => { this.report(); }, REPORT_EVERY_MS / TURNS);
  }

  static async open(broker: string, units: readonly string[]): Promise<ShiftFleet> {
    const mqtt = await connectAsync(broker, { protocolVersion: 5, clean: true, reconnectPeriod: 300, queueQoSZero: false, resubscribe: false });
    return new ShiftFleet(mqtt, units);
  }

  /** How many events wait for their acknowledgement. */
  get waiting(): number {
    return this.unacknowledged.size;
  }

  /** Events of units in turn; each is sent until it is acknowledged. */
  happen(count: number, first: number, shift: string): void {
    for (let i = first; i < first + count; i++) {
      const event = {
        device: this.units[i % this.units.length], id: `${shift}-${String(i)}`, timestamp: Date.now(),
        type: 'trigger', severity: 'info', message: `shift ${shift}`,
      };
      this.unacknowledged.set(event.id, event);
      this.send(event);
    }
  }

  /** From now on these are not heard of any more. */
  silence(units: readonly string[]): void {
    for (const unit of units) this.silent.set(unit, this.moved.get(unit) ?? Date.now());
  }

  /** When a unit was heard last, epoch ms. */
  heardAt(unit: string): number {
    return this.silent.get(unit) ?? this.moved.get(unit) ?? Number.NaN;
  }

  async close(): Promise<void> {
    clearInterval(this.timer);
    await this.mqtt.endAsync(true);
  }

  private connected(): void {
    this.mqtt.subscribe('devices/+/acks', { qos: 1 }, () => {
      for (const event of this.unacknowledged.values()) this.send(event);
    });
  }

  private answered(device: string, payload: Buffer): void {
    const { event } = JSON.parse(payload.toString()) as { event: string };
    if (this.unacknowledged.get(event)?.device === device) {
      this.unacknowledged.delete(event);
      this.acknowledged++;
    }
  }

  private send({ device, ...event }: FieldEvent): void {
    if (this.mqtt.connected) this.mqtt.publish(`devices/${device}/events`, JSON.stringify(event), { qos: 1 });
  }

  private report(): void {
    this.turn = (this.turn + 1) % TURNS;
    if (!this.mqtt.connected) return;
    const now = Date.now();
    this.units.forEach((unit, i) => {
      if (i % TURNS !== this.turn || this.silent.has(unit)) return;
      const [lat, lon] = [47.05 + (i % 200) * 1e-3 + ((now / 2_000) % 40) * DEG, 9.5 + Math.floor(i / 200) * 1e-2];
      this.moved.set(unit, now);
      this.mqtt.publish(`devices/${unit}/location`, JSON.stringify({ timestamp: now, lat, lon, speed: 5.5, heading: 0 }));
    });
  }
}
