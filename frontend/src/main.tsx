import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './App';
import { browserAlerts, browserSound } from './alerts/browser';
import { Live, browserWorld } from './live';
import { Gate } from './session/Gate';
import { Desk } from './session/desk';
import type { OpenRoom } from './session/desk';
import { Session } from './session/session';
import { SessionContext } from './session/useSession';
import 'maplibre-gl/dist/maplibre-gl.css';
import { ThemeContext, ThemeSetting, browserThemeHome, dressPage } from './ui/theme';
import './ui/fonts.css';
import './ui/tokens.css';
import './ui/day.css';
import './ui/page.css';
import './ui/panels.css';
import './ui/phone.css';
import './past/past.css';
import './health/health.css';
import './session/session.css';

const theme = new ThemeSetting(browserThemeHome());
dressPage(theme, document);

const sound = browserSound();
const session = new Session();
const desk = new Desk(session, openRoom);

function openRoom(): OpenRoom {
  const live = new Live(browserWorld());
  const alerts = browserAlerts(live, sound);
  const onVisibility = () => { live.visible(document.visibilityState === 'visible'); };
  live.start();
  alerts.start();
  document.addEventListener('visibilitychange', onVisibility);
  return {
    live,
    alerts,
    close: () => {
      document.removeEventListener('visibilitychange', onVisibility);
      alerts.stop();
      live.stop();
    },
  };
}

await session.ask();
desk.start();
const root = document.getElementById('root');
if (!root) {
  throw new Error('the page has no #root');
}
createRoot(root).render(
  <StrictMode>
    <ThemeContext value={theme}>
      <SessionContext value={session}>
        <Gate desk={desk}>
          <App />
        </Gate>
      </SessionContext>
    </ThemeContext>
  </StrictMode>,
);
