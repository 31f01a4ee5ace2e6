import type { FeedEntry } from './feed';
import { isCritical } from './feed';

export type Severity = 'all' | 'critical' | 'warning' | 'unread';
export const SEVERITIES: readonly Severity[] = ['all', 'critical', 'warning', 'unread'];

/** Whether an entry is wanted; `text` is looked for in what, who, type, id and note, in any case. */
export function wanted(entry: FeedEntry, severity: Severity, text: string, who: string): boolean {
  return ofSeverity(entry, severity) && (text === '' || textOf(entry, who).includes(text));
}

function ofSeverity(entry: FeedEntry, severity: Severity): boolean {
  switch (severity) {
    case 'all':
      return true;
    case 'unread':
      return entry.unread;
    case 'critical':
      return isCritical(entry);
    case 'warning':
      return entry.severity === 'warning';
  }
}

function textOf(entry: FeedEntry, who: string): string {
  const { message, type, id, device, acknowledged } = entry;
  return [message, type, id, device, who, acknowledged?.by, acknowledged?.note].join(' ').toLowerCase();
}
