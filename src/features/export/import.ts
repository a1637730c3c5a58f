import type { Store } from '../../store/store.ts';
import type { Taken } from '../../store/whole.ts';
import { fromIncidentFile } from './incident-file.ts';

export interface ImportOptions {
  /** Also from another workspace: its people and channels mean nothing here, but what was said can be read. */
  anyWorkspace?: boolean;
  /** Under the next free number, where its own is another's here. */
  renumber?: boolean;
}

export type Imported = { number: number; title: string; isPrivate: boolean; messages: number } | { refused: string };

const takenWords: Record<Taken, (number: number) => string> = {
  incident: (number) => `Incident #${number} is here already; nothing was changed.`,
  number: (number) => `Another incident has the number ${number} here. With --renumber it gets the next free one.`,
  channel: () => 'Another incident has its channel here; nothing was changed.',
};

/** Puts an exported incident into the database, all or nothing. Nothing is sent for it: it is history here. */
export function importIncident(
  store: Store,
  text: string,
  { anyWorkspace = false, renumber = false }: ImportOptions,
  now: Date,
): Promise<Imported> {
  const { whole, team } = fromIncidentFile(text);
  return store.transact(async (tx): Promise<Imported> => {
    const here = await tx.whole.team();
    if (!anyWorkspace && here !== undefined && team !== here)
      return {
        refused: `The file is from the workspace ${team ?? 'of nobody'}, and this database belongs to ${here}. With --any-workspace it is imported all the same.`,
      };
    const taken = await tx.whole.taken(whole.incident);
    if (taken && !(taken === 'number' && renumber)) return { refused: takenWords[taken](whole.incident.number) };
    const number = taken ? await tx.incidents.takeNumber() : whole.incident.number;
    await tx.whole.put({ ...whole, incident: { ...whole.incident, number } }, now);
    const { title, isPrivate } = whole.incident;
    return { number, title, isPrivate, messages: whole.messages.length };
  });
}
