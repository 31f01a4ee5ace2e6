import { describe, expect, it } from 'vitest';
import { ThemeSetting, dressPage } from './theme';

function home(prefersLight: boolean, held: string | null = null) {
  const kept = new Map(held === null ? [] : [['sightline.theme', held]]);
  let change: () => void = () => undefined;
  const media = { matches: prefersLight, addEventListener: (_type: string, listener: unknown) => { change = listener as () => void; } };
  return {
    storage: { getItem: (key: string) => kept.get(key) ?? null, setItem: (key: string, value: string) => { kept.set(key, value); } },
    prefersLight: media,
    prefer(light: boolean) {
      media.matches = light;
      change();
    },
    kept,
  };
}

describe('night and day', () => {
  it('follows the system until a person chooses, and then remembers', () => {
    const place = home(false);
    const setting = new ThemeSetting(place);
    expect(setting.current()).toBe('night');
    place.prefer(true);
    expect(setting.current()).toBe('day');
    setting.choose('night');
    place.prefer(true);
    expect(setting.current()).toBe('night');
    expect(new ThemeSetting(home(true, place.kept.get('sightline.theme') ?? null)).current()).toBe('night');
  });

  it('dresses the page, and again with each change', () => {
    const place = home(true);
    const setting = new ThemeSetting(place);
    dressPage(setting, document);
    expect(document.documentElement.dataset.theme).toBe('day');
    setting.choose('night');
    expect(document.documentElement.dataset.theme).toBe('night');
  });

  it('works where a browser keeps nothing, and with what it can’t read', () => {
    const setting = new ThemeSetting({
      storage: { getItem: () => 'dusk', setItem: () => { throw new Error('full'); } },
      prefersLight: null,
    });
    expect(setting.current()).toBe('night');
    setting.choose('day');
    expect(setting.current()).toBe('day');
  });
});
