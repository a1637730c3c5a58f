import { readFileSync } from 'node:fs';
import * as z from 'zod';

const instant = z.iso.datetime({ offset: true }).transform((text) => new Date(text));

/** One line of a public status history, as https://github.com/mrshu/github-statuses keeps it; only the fields that are played. */
const Entry = z
  .object({
    id: z.string().min(1),
    title: z.string().trim().min(1),
    impact: z.enum(['none', 'minor', 'major', 'critical', 'maintenance']),
    components: z.array(z.string().min(1)).default([]),
    updates: z.array(z.object({ at: instant, status: z.string(), message: z.string().trim().min(1) })).min(1),
    impact_window: z.object({ start_at: instant, end_at: instant }).nullish(),
  })
  .transform(({ impact_window: window, ...entry }) => ({
    ...entry,
    window: window ? { started: window.start_at, ended: window.end_at } : undefined,
  }));

export type Entry = z.output<typeof Entry>;

export interface Source {
  /** By the time they began. */
  incidents: Entry[];
  /** Planned work is no incident. */
  maintenances: number;
}

/** The file cannot be played; the message names every line that is wrong. */
export class SourceError extends Error {
  override name = 'SourceError';
}

export const readSource = (file: string): Source => parseSource(readFileSync(file, 'utf8'), file);

export function parseSource(text: string, file: string): Source {
  const problems: string[] = [];
  const entries = text.split('\n').flatMap((line, index) => {
    if (line.trim() === '') return [];
    const parsed = Entry.safeParse(json(line));
    if (parsed.success) return [parsed.data];
    const [issue] = parsed.error.issues;
    problems.push(`${file}:${index + 1}: ${issue?.path.join('.') || 'the line'}: ${issue?.message}`);
    return [];
  });
  const ids = entries.map(({ id }) => id);
  for (const id of ids.filter((one, index) => ids.indexOf(one) !== index))
    problems.push(`${file}: ${id} is there twice`);
  if (problems.length > 0) throw new SourceError(problems.join('\n'));
  const incidents = entries.filter(({ impact }) => impact !== 'maintenance');
  return {
    incidents: incidents.toSorted((one, other) => startOf(one) - startOf(other)),
    maintenances: entries.length - incidents.length,
  };
}

const startOf = ({ updates }: Entry): number => Math.min(...updates.map(({ at }) => at.getTime()));

function json(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return line;
  }
}
