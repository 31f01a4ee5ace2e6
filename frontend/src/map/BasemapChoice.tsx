import { useState } from 'react';
import { texts } from '../texts';
import { chosenBasemap } from './basemaps';
import type { Basemap } from './basemaps';

interface Props {
  readonly basemaps: readonly Basemap[];
  readonly onChoose: (basemap: Basemap | null) => void;
}

/** Which basemap is drawn; shown where the operator has dropped one. */
export function BasemapChoice({ basemaps, onChoose }: Props) {
  const [file, setFile] = useState(() => chosenBasemap(basemaps)?.file ?? '');
  return (
    <select
      className="basemap-choice"
      aria-label={texts.map.basemap}
      value={file}
      onChange={(event) => {
        setFile(event.target.value);
        onChoose(basemaps.find((basemap) => basemap.file === event.target.value) ?? null);
      }}
    >
      {basemaps.map((basemap) => (
        <option key={basemap.file} value={basemap.file}>
          {basemap.name}
        </option>
      ))}
      <option value="">{texts.map.shipped}</option>
    </select>
  );
}
