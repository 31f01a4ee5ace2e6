import { AlertButtons } from '../alerts/AlertButtons';
import { FreshnessPill } from '../health/FreshnessPill';
import { isVouched } from '../health/freshness';
import { Who } from '../session/Who';
import type { View } from '../room/view';
import { texts } from '../texts';
import { useConnection, useFeed, useLive, useServerSecond } from '../useLive';
import { clockTime } from './format';
import { Glyph, Logo } from './icons';

interface Props {
  readonly text: string;
  readonly view: View;
  readonly onView: (view: View) => void;
  readonly onText: (text: string) => void;
  readonly onFirst: () => void;
  readonly onHelp: () => void;
}

const VIEWS = [['map', 'map'], ['table', 'table'], ['health', 'pulse']] as const;

export function Top({ text, view, onView, onText, onFirst, onHelp }: Props) {
  const now = useServerSecond();
  return (
    <header className="top">
      <h1>
        <Logo /> <span>{texts.page.name}</span>
      </h1>
      <FreshnessPill />
      <Counts />
      <Search text={text} onText={onText} onFirst={onFirst} />
      <AlertButtons />
      <nav className="views" aria-label={texts.top.views}>
        {VIEWS.map(([name, glyph]) => (
          <button
            key={name}
            type="button"
            aria-current={view === name ? 'page' : undefined}
            aria-label={texts.top.view[name]}
            title={texts.top.view[name]}
            onClick={() => { onView(name); }}
          >
            <Glyph of={glyph} />
          </button>
        ))}
        <button type="button" aria-label={texts.help.open} title={texts.help.open} onClick={onHelp}>
          <Glyph of="help" />
        </button>
      </nav>
      <time className="clock" title={texts.top.serverTime}>
        {now === null ? texts.top.noTime : clockTime(now)}
      </time>
      <Who />
    </header>
  );
}

function Counts() {
  const { devices, feed } = useLive();
  useFeed();
  const vouched = isVouched(useConnection());
  const counts = devices.counts();
  const figure = (count: number) => (devices.pictured ? count : texts.page.none);
  const alarms = feed.alarms().length;
  return (
    <ul className={`counts${vouched ? '' : ' unvouched'}`} aria-label={texts.top.counts}>
      <li>
        <strong>{figure(counts.total)}</strong> {texts.top.units}
      </li>
      <li>
        <strong>{figure(counts.online)}</strong> {texts.top.online}
      </li>
      <li className={counts.stale > 0 ? 'late' : ''}>
        <strong>{figure(counts.stale)}</strong> {texts.top.stale}
      </li>
      <li>
        <strong>{figure(counts.offline)}</strong> {texts.top.offline}
      </li>
      {alarms > 0 && (
        <li className="count-alarm">
          <strong>{alarms}</strong> {texts.top.alarms(alarms)}
        </li>
      )}
    </ul>
  );
}

function Search({ text, onText, onFirst }: Pick<Props, 'text' | 'onText' | 'onFirst'>) {
  return (
    <div className="search">
      <input
        type="search"
        placeholder={texts.top.search}
        aria-label={texts.top.search}
        data-search="units"
        value={text}
        onChange={(event) => { onText(event.target.value); }}
        onKeyDown={(event) => {
          if (event.key === 'Enter') onFirst();
          if (event.key === 'Escape') {
            event.stopPropagation();
            onText('');
            event.currentTarget.blur();
          }
        }}
      />
      <kbd aria-hidden="true">/</kbd>
    </div>
  );
}
