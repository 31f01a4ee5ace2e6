/** Whether an alarm can be heard: a browser gives no sound before the first click or key on the page. */
export type SoundState = 'waiting' | 'on' | 'muted' | 'unavailable';
export type Tone = 'critical' | 'warning' | 'info';

/** The part of Web Audio that is used. */
export type Audio = Pick<AudioContext, 'state' | 'currentTime' | 'resume' | 'createOscillator' | 'createGain' | 'destination'> & {
  onstatechange: ((this: AudioContext, event: Event) => unknown) | null;
};

const MUTED = 'sightline.muted';
/** Beats of each tone: Hz, start and length in seconds. Two falling tones mean act now. */
const BEATS: Record<Tone, readonly (readonly [number, number, number])[]> = {
  critical: [0, 0.5, 1].flatMap((at) => [[988, at, 0.2], [659, at + 0.22, 0.24]] as const),
  warning: [[587, 0, 0.22]],
  info: [[440, 0, 0.07]],
};
const LOUDNESS: Record<Tone, number> = { critical: 0.5, warning: 0.22, info: 0.07 };

/** Tones for arriving events, made by the browser itself. Lives on the browser's one thread. */
export class Sound {
  private readonly audio: Audio | null;
  private muted: boolean;
  private readonly observers = new Set<() => void>();
  /** Tones that were played, for those who count. */
  played = 0;

  constructor(
    open: (() => Audio) | null,
    private readonly kept: Pick<Storage, 'getItem' | 'setItem'>,
  ) {
    this.audio = open ? open() : null;
    this.muted = kept.getItem(MUTED) === 'true';
    if (this.audio) {
      this.audio.onstatechange = () => { this.changed(); };
    }
  }

  state(): SoundState {
    if (!this.audio) return 'unavailable';
    if (this.muted) return 'muted';
    return this.audio.state === 'running' ? 'on' : 'waiting';
  }

  observe(observer: () => void): () => void {
    this.observers.add(observer);
    return () => this.observers.delete(observer);
  }

  /** A person has clicked or typed: from now on the browser lets us be heard. */
  unlock(): void {
    if (this.audio?.state === 'suspended') {
      this.audio.resume().catch(() => undefined);
    }
  }

  mute(muted: boolean): void {
    this.muted = muted;
    this.kept.setItem(MUTED, String(muted));
    this.unlock();
    this.changed();
  }

  play(tone: Tone): void {
    const { audio } = this;
    if (!audio || this.state() !== 'on') {
      return;
    }
    this.played++;
    for (const [hertz, at, seconds] of BEATS[tone]) {
      const from = audio.currentTime + at;
      const oscillator = audio.createOscillator();
      const gain = audio.createGain();
      oscillator.type = tone === 'critical' ? 'square' : 'sine';
      oscillator.frequency.value = hertz;
      gain.gain.setValueAtTime(0, from);
      gain.gain.linearRampToValueAtTime(LOUDNESS[tone], from + 0.015);
      gain.gain.setValueAtTime(LOUDNESS[tone], from + seconds - 0.03);
      gain.gain.linearRampToValueAtTime(0, from + seconds);
      oscillator.connect(gain).connect(audio.destination);
      oscillator.start(from);
      oscillator.stop(from + seconds);
    }
  }

  private changed(): void {
    for (const observer of this.observers) {
      observer();
    }
  }
}
