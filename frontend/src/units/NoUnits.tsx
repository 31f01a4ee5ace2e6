import { texts } from '../texts';

/** Why a list of units is empty, and what to do. */
export function NoUnits({ total, text }: { total: number; text: string }) {
  if (total === 0) {
    return (
      <p className="empty">
        {texts.units.noneYet} <code>{texts.units.topic}</code>.
      </p>
    );
  }
  return <p className="empty">{text ? texts.units.noMatch(text) : texts.units.noneHere}</p>;
}
