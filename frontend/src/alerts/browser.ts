import type { Live } from '../live';
import { Alerts } from './alerts';
import type { Tab } from './alerts';
import { Desktop } from './desktop';
import { Sound } from './sound';

/** Alerts by this browser's own means; any click or key on the page lets sound be heard. */
export function browserAlerts(live: Live): Alerts {
  const sound = new Sound('AudioContext' in window ? () => new AudioContext() : null, localStorage);
  for (const gesture of ['pointerdown', 'keydown', 'touchend']) {
    window.addEventListener(gesture, () => { sound.unlock(); }, { capture: true, passive: true });
  }
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
