import { createContext, useContext, useSyncExternalStore } from 'react';
import type { Theme } from '../map/palette';

const KEY = 'sightline.theme';
const GROUND: Record<Theme, string> = { night: '#0b0f14', day: '#f4f6f8' };

/** The part of the browser that the setting lives in; both may be missing. */
export interface ThemeHome {
  readonly storage: Pick<Storage, 'getItem' | 'setItem'> | null;
  readonly prefersLight: Pick<MediaQueryList, 'matches' | 'addEventListener'> | null;
}

/** Night or day: what this person chose here, else what their system prefers. Lives on the browser's one thread. */
export class ThemeSetting {
  private chosen: Theme | null = null;
  private readonly observers = new Set<() => void>();

  constructor(private readonly home: ThemeHome) {
    this.chosen = this.remembered();
    home.prefersLight?.addEventListener('change', () => { this.tell(); });
  }

  current(): Theme {
    return this.chosen ?? (this.home.prefersLight?.matches === true ? 'day' : 'night');
  }

  choose(theme: Theme): void {
    this.chosen = theme;
    try {
      this.home.storage?.setItem(KEY, theme);
    } catch {
      // A browser that keeps nothing still shows what was chosen.
    }
    this.tell();
  }

  observe(observer: () => void): () => void {
    this.observers.add(observer);
    return () => this.observers.delete(observer);
  }

  private tell(): void {
    for (const observer of this.observers) observer();
  }

  private remembered(): Theme | null {
    try {
      const held = this.home.storage?.getItem(KEY);
      return held === 'night' || held === 'day' ? held : null;
    } catch {
      return null;
    }
  }
}

/** Dresses the page in the setting's theme, now and whenever it changes. */
export function dressPage(setting: ThemeSetting, page: Document): void {
  const dress = () => {
    const theme = setting.current();
    page.documentElement.dataset.theme = theme;
    page.querySelector('meta[name="theme-color"]')?.setAttribute('content', GROUND[theme]);
  };
  setting.observe(dress);
  dress();
}

export function browserThemeHome(): ThemeHome {
  let storage: Storage | null = null;
  try {
    storage = window.localStorage;
  } catch {
    // Storage is forbidden here.
  }
  return { storage, prefersLight: window.matchMedia('(prefers-color-scheme: light)') };
}

export const ThemeContext = createContext(new ThemeSetting({ storage: null, prefersLight: null }));

export function useTheme(): { readonly theme: Theme; readonly choose: (theme: Theme) => void } {
  const setting = useContext(ThemeContext);
  const theme = useSyncExternalStore(
    (changed) => setting.observe(changed),
    () => setting.current(),
  );
  return { theme, choose: (next) => { setting.choose(next); } };
}
