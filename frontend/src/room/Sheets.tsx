import { texts } from '../texts';
import { useFeed, useLive } from '../useLive';

/** On a phone, one of these lies over the map; on a desk all are there. */
export type Sheet = 'map' | 'units' | 'events';
const SHEETS: readonly Sheet[] = ['map', 'units', 'events'];

export function Sheets({ sheet, onSheet }: { sheet: Sheet; onSheet: (sheet: Sheet) => void }) {
  const { feed } = useLive();
  useFeed();
  const alarms = feed.alarms().length;
  return (
    <nav className="sheets" aria-label={texts.page.sheets}>
      {SHEETS.map((name) => (
        <button key={name} type="button" aria-pressed={sheet === name} onClick={() => { onSheet(name); }}>
          {texts.page.sheet[name]}
          {name === 'events' && alarms > 0 && <span className="count-alarm">{alarms}</span>}
        </button>
      ))}
    </nav>
  );
}
