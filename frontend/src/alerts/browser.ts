import type { Live } from '../live';
import { Alerts } from './alerts';
import type { Tab } from './alerts';
import { Desktop } from './desktop';
import { Sound } from './sound';

/** This browser's sound, for as long as the page is open; any click or key on the page lets it be heard. */
export function browserSound(): Sound {
  const sound = new Sound('AudioContext' in window ? () => new AudioContext() : null, localStorage);
  for (const gesture of ['pointerdown', 'keydown', 'touchend']) {
    window.addEventListener(gesture, () => { sound.unlock(); }, { capture: true, passive: true });
  }
  return sound;
}

/** Alerts by this browser's own means. */
export function browserAlerts(live: Live, sound: Sound): Alerts {
  const desktop = new Desktop('Notification' in window ? Notification : null);
  return new Alerts(live, sound, desktop, browserTab());
}

function browserTab(): Tab {
  const link = document.querySelector<HTMLLinkElement>('link[rel="icon"]');
  return {
    title: (text) => {
      if (document.title !== text) document.title = text;
    },
    icon: (name) => {
      const href = `/${name}.svg`;
      if (link && link.getAttribute('href') !== href) link.setAttribute('href', href);
    },
    watched: () => document.visibilityState === 'visible' && document.hasFocus(),
    focus: () => { window.focus(); },
  };
}
