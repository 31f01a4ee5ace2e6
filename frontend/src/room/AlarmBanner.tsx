import { texts } from '../texts';
import { SeverityMark } from '../ui/icons';
import { useFeed, useLive } from '../useLive';
import { useSoundState } from '../alerts/useAlerts';

/** Over the map wherever the alarms' cards may be out of sight: an alarm can't be overlooked. */
export function AlarmBanner({ onOpen }: { onOpen: () => void }) {
  const { feed, devices } = useLive();
  useFeed();
  const sound = useSoundState();
  const alarms = feed.alarms();
  if (alarms.length === 0) {
    return null;
  }
  const [first] = alarms;
  return (
    <button type="button" className="alarm-banner" onClick={onOpen}>
      <SeverityMark severity="critical" done={false} />
      <strong>
        <bdi>{first.message ?? first.type}</bdi> · <bdi>{devices.unitById(first.device)?.name ?? first.device}</bdi>
      </strong>
      {alarms.length > 1 && <span>{texts.events.more(alarms.length - 1)}</span>}
      {sound === 'waiting' && <span>{texts.alerts.sound.waiting}</span>}
    </button>
  );
}
