import type { Audio } from '../alerts/sound';

/** An audio context that a test plays the browser's autoplay rules of; `tones` has the Hz of all that sounded. */
export function fakeAudio() {
  const tones: number[] = [];
  const param = () => ({ value: 0, setValueAtTime: () => undefined, linearRampToValueAtTime: () => undefined });
  const audio = {
    state: 'suspended' as AudioContextState,
    currentTime: 0,
    destination: {},
    onstatechange: null as (() => void) | null,
    resume() {
      audio.state = 'running';
      audio.onstatechange?.();
      return Promise.resolve();
    },
    createGain: () => ({ gain: param(), connect: () => undefined }),
    createOscillator() {
      const frequency = param();
      return {
        type: 'sine',
        frequency,
        connect: (next: unknown) => next,
        start: () => { tones.push(frequency.value); },
        stop: () => undefined,
      };
    },
  };
  return { audio: audio as unknown as Audio, tones };
}
