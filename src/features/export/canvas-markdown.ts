import type { Document } from '../postmortem/document.ts';
import { toMarkdown } from './markdown.ts';

/** Slack takes at most 300 cells in a table of a canvas. https://docs.slack.dev/surfaces/canvases */
const mostCells = 300;
/** What a canvas holds for sure; Slack says `canvas_too_large` somewhere above. Characters. */
const longest = 90_000;

const rest = '_The rest is in the exported files: `/incident export`._';

/** Markdown as canvases take it: a longer table or text goes on in the files. */
export function canvasMarkdown(document: Document): string {
  const lines = toMarkdown(document).split('\n');
  const kept: string[] = [];
  let cells = 0;
  let length = 0;
  for (const line of lines) {
    const isRow = line.startsWith('|');
    cells = isRow ? cells + line.split(/(?<!\\)\|/).length - 2 : 0;
    length += line.length + 1;
    if (length > longest) return [...kept, '', rest].join('\n');
    if (isRow && cells > mostCells) continue;
    kept.push(line);
  }
  return kept.join('\n');
}
