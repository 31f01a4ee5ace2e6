import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { KeyboardEvent, RefObject, UIEvent } from 'react';
import { windowOf } from './window';

export interface RowWindow {
  readonly box: RefObject<HTMLDivElement | null>;
  readonly first: number;
  readonly last: number;
  readonly onScroll: (event: UIEvent<HTMLElement>) => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
}

/**
 * Which of `count` rows of `height` px exist, and the keys that choose one: arrows, page, home and end.
 * `at` is the chosen row, -1 for none; it is kept in sight while the box has the focus. `above` px of
 * the box are covered by a head that stays.
 */
export function useWindow(height: number, count: number, at: number, above: number, choose: (row: number) => void): RowWindow {
  const box = useRef<HTMLDivElement>(null);
  const [scroll, setScroll] = useState({ top: 0, height: 800 });

  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    const measure = () => { setScroll({ top: element.scrollTop, height: element.clientHeight || 800 }); };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => { observer.disconnect(); };
  }, []);

  useEffect(() => {
    const element = box.current;
    if (element && at >= 0 && document.activeElement === element) {
      keepInView(element, at * height, height, above);
    }
  }, [at, height, above]);

  const { first, last } = windowOf(scroll.top, scroll.height, height, count);
  return {
    box,
    first,
    last,
    onScroll: ({ currentTarget }) => { setScroll({ top: currentTarget.scrollTop, height: currentTarget.clientHeight }); },
    onKeyDown: (event) => {
      const page = Math.max(1, Math.floor(scroll.height / height) - 1);
      const target = targetOf(event.key, at, count, page);
      if (target !== null && count > 0 && event.target === event.currentTarget) {
        event.preventDefault();
        choose(target);
      }
    },
  };
}

function targetOf(key: string, at: number, count: number, page: number): number | null {
  const within = (row: number) => Math.max(0, Math.min(count - 1, row));
  switch (key) {
    case 'ArrowDown':
      return within(at + 1);
    case 'ArrowUp':
      return within(at - 1);
    case 'PageDown':
      return within(at + page);
    case 'PageUp':
      return within(at - page);
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return null;
  }
}

function keepInView(element: HTMLElement, top: number, height: number, above: number): void {
  if (top < element.scrollTop) {
    element.scrollTop = top;
  } else if (top + height + above > element.scrollTop + element.clientHeight) {
    element.scrollTop = top + height + above - element.clientHeight;
  }
}
