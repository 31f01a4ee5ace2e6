import { en } from './en';

/** The keys that a catalogue of another language must have, checked by the compiler. */
export type Texts = typeof en;

export const texts: Texts = en;
