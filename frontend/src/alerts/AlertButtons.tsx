import { texts } from '../texts';
import { Glyph } from '../ui/icons';
import { useAlerts, useDesktopState, useSoundState } from './useAlerts';

/** Whether alarms can be heard and shown on the desktop, and the buttons that change it. */
export function AlertButtons() {
  const alerts = useAlerts();
  const sound = useSoundState();
  const desktop = useDesktopState();
  if (!alerts) {
    return null;
  }
  const muted = sound === 'muted';
  return (
    <div className="alert-buttons">
      {sound === 'waiting' || sound === 'unavailable' ? (
        <button type="button" className="sound sound-off" onClick={() => { alerts.sound.unlock(); }} data-testid="sound">
          <Glyph of="mute" /> <span className="sound-words">{texts.alerts.sound[sound]}</span>
        </button>
      ) : (
        <button
          type="button"
          className={muted ? 'sound sound-off' : 'sound'}
          aria-pressed={muted}
          aria-label={muted ? texts.alerts.sound.muted : texts.alerts.sound.on}
          title={muted ? texts.alerts.unmute : texts.alerts.mute}
          data-testid="sound"
          onClick={() => { alerts.sound.mute(!muted); }}
        >
          <Glyph of={muted ? 'mute' : 'sound'} /> {muted && <span className="sound-words">{texts.alerts.sound.muted}</span>}
        </button>
      )}
      {desktop !== 'unavailable' && desktop !== 'granted' && (
        <button
          type="button"
          className="sound"
          disabled={desktop === 'denied'}
          aria-label={desktop === 'default' ? texts.alerts.allow : texts.alerts.notifications[desktop]}
          title={desktop === 'default' ? texts.alerts.allow : texts.alerts.notifications[desktop]}
          onClick={() => void alerts.desktop.ask()}
        >
          <Glyph of="bell" />
        </button>
      )}
    </div>
  );
}
