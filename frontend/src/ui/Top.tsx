import { useEffect, useRef } from 'react';
import { FreshnessPill } from '../health/FreshnessPill';
import { useConnection, useLive, useServerSecond } from '../useLive';
import { isVouched } from '../health/freshness';
import { clockTime } from './format';
import { Logo } from './icons';

interface Props {
  readonly text: string;
  readonly alarms: number;
  readonly onText: (text: string) => void;
  readonly onFirst: () => void;
}

export function Top({ text, alarms, onText, onFirst }: Props) {
  const now = useServerSecond();
  return (
    <header className="top">
      <h1>
        <Logo /> <span>Sightline</span>
      </h1>
      <FreshnessPill />
      <Counts alarms={alarms} />
      <Search text={text} onText={onText} onFirst={onFirst} />
      <time className="clock" title="The server's time">
        {now === null ? '--:--:--' : clockTime(now)}
      </time>
    </header>
  );
}

function Counts({ alarms }: { alarms: number }) {
  const { devices } = useLive();
  const vouched = isVouched(useConnection());
  const counts = devices.counts();
  return (
    <ul className={`counts${vouched ? '' : ' unvouched'}`} aria-label="Units by state">
      <li>
        <strong>{counts.total}</strong> units
      </li>
      <li>
        <strong>{counts.online}</strong> online
      </li>
      <li className={counts.stale > 0 ? 'late' : ''}>
        <strong>{counts.stale}</strong> stale
      </li>
      <li>
        <strong>{counts.offline}</strong> offline
      </li>
      {alarms > 0 && (
        <li className="count-alarm">
          <strong>{alarms}</strong> {alarms === 1 ? 'alarm' : 'alarms'}
        </li>
      )}
    </ul>
  );
}

function Search({ text, onText, onFirst }: Omit<Props, 'alarms'>) {
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const typing = event.target instanceof Element && event.target.closest('input, select, textarea') !== null;
      if (event.key === '/' && !typing) {
        event.preventDefault();
        input.current?.focus();
      }
    };
    window.addEventListener('keydown', onKey);
    return () => { window.removeEventListener('keydown', onKey); };
  }, []);
  return (
    <div className="search">
      <input
        ref={input}
        type="search"
        placeholder="Search units"
        aria-label="Search units"
        value={text}
        onChange={(event) => { onText(event.target.value); }}
        onKeyDown={(event) => {
          if (event.key === 'Enter') onFirst();
          if (event.key === 'Escape') {
            event.stopPropagation();
            onText('');
            input.current?.blur();
          }
        }}
      />
      <kbd aria-hidden="true">/</kbd>
    </div>
  );
}
