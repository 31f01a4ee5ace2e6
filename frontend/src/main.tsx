import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './App';
import { browserAlerts } from './alerts/browser';
import { AlertsContext } from './alerts/useAlerts';
import { Live, browserWorld } from './live';
import { LiveContext } from './useLive';
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

const theme = new ThemeSetting(browserThemeHome());
dressPage(theme, document);

const live = new Live(browserWorld());
live.start();
const alerts = browserAlerts(live);
alerts.start();
document.addEventListener('visibilitychange', () => {
  live.visible(document.visibilityState === 'visible');
});

const root = document.getElementById('root');
if (!root) {
  throw new Error('the page has no #root');
}
createRoot(root).render(
  <StrictMode>
    <ThemeContext value={theme}>
      <LiveContext value={live}>
        <AlertsContext value={alerts}>
          <App />
        </AlertsContext>
      </LiveContext>
    </ThemeContext>
  </StrictMode>,
);
