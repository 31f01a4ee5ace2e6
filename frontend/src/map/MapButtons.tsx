import { texts } from '../texts';
import { Glyph } from '../ui/icons';
import type { MapHandle } from './mapHandle';
import type { Theme } from './palette';

interface Props {
  readonly handle: MapHandle | null;
  readonly theme: Theme;
  readonly onTheme: (theme: Theme) => void;
}

export function MapButtons({ handle, theme, onTheme }: Props) {
  const other = theme === 'night' ? 'day' : 'night';
  return (
    <div className="map-buttons">
      <button type="button" aria-label={texts.map.zoomIn} title={texts.map.zoomIn} onClick={() => handle?.map.zoomIn()}>
        <Glyph of="plus" />
      </button>
      <button type="button" aria-label={texts.map.zoomOut} title={texts.map.zoomOut} onClick={() => handle?.map.zoomOut()}>
        <Glyph of="minus" />
      </button>
      <button type="button" aria-label={texts.map.whole} title={texts.map.whole} onClick={() => handle?.home()}>
        <Glyph of="whole" />
      </button>
      <button type="button" aria-label={texts.map.theme[other]} title={texts.map.theme[other]} onClick={() => { onTheme(other); }}>
        <ThemeMark of={other} />
      </button>
    </div>
  );
}

function ThemeMark({ of }: { of: Theme }) {
  return (
    <svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true">
      <path
        d={of === 'night' ? 'M12.5 10A5.5 5.5 0 0 1 6 3.5a5 5 0 1 0 6.5 6.5Z' : 'M8 5a3 3 0 1 1 0 6a3 3 0 1 1 0-6M8 1v1.6M8 13.4V15M1 8h1.6M13.4 8H15M3 3l1.2 1.2M11.8 11.8 13 13M13 3l-1.2 1.2M4.2 11.8 3 13'}
        fill="none"
        stroke="currentColor"
        strokeWidth="1.5"
        strokeLinecap="round"
      />
    </svg>
  );
}
