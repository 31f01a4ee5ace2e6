import { texts } from '../texts';
import { useLive } from '../useLive';

/** Why a list of units is empty, and what to do. */
export function NoUnits({ total, text }: { total: number; text: string }) {
  const { past, devices } = useLive();
  if (!devices.pictured) {
    return <p className="empty">{texts.units.unknownYet}</p>;
  }
  if (total === 0 && past) {
    return <p className="empty">{texts.units.noneThen}</p>;
  }
  if (total === 0) {
    return (
      <p className="empty">
        {texts.units.noneYet} <code>{texts.units.topic}</code>.
      </p>
    );
  }
  return <p className="empty">{text ? texts.units.noMatch(text) : texts.units.noneHere}</p>;
}
