import type { Line } from './read.ts';

/** So that a page fits on a screen, and with its buttons into a message. */
const perPage = 15;

/** What somebody looks at: from which entry on (undefined: the newest), and whether hidden ones are among them. */
export interface Looking {
  start?: number | undefined;
  hidden?: boolean | undefined;
}

export interface Page {
  lines: Line[];
  /** Of how many. */
  all: number;
  hiddenCount: number;
  start: number;
  hidden: boolean;
  older?: number;
  newer?: number;
}

/** A page is counted from the oldest entry, so that it stays the same page while new ones come. */
export function pageOf(timeline: Line[], { start, hidden = false }: Looking): Page {
  const shown = timeline.filter((line) => hidden || !line.hidden);
  const newest = Math.max(0, shown.length - perPage);
  const from = Math.min(Math.max(0, start ?? newest), newest);
  return {
    lines: shown.slice(from, from + perPage),
    all: shown.length,
    hiddenCount: timeline.filter((line) => line.hidden).length,
    start: from,
    hidden,
    ...(from > 0 && { older: Math.max(0, from - perPage) }),
    ...(from < newest && { newer: Math.min(newest, from + perPage) }),
  };
}
