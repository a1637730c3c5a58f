import type { Incident } from '../../incident/incident.ts';
import { timelineOf } from '../../incident/timeline.ts';
import { isPerson } from '../../slack/mention.ts';
import type { Reader } from '../../store/store.ts';

/** Everybody whom a postmortem may name, for whoever looks their names up before it is read. */
export async function peopleOf(tx: Reader, incident: Incident): Promise<string[]> {
  const record = await tx.record.of(incident.id);
  const said = await tx.messages.at(timelineOf(record).flatMap(({ source }) => source ?? []));
  const named = record.flatMap(({ event, by }) => ('person' in event && event.person ? [by, event.person] : [by]));
  const owners = [...incident.followUps, ...incident.tasks].flatMap(({ owner }) => owner ?? []);
  const { declaredBy, members, postmortemOwner } = incident;
  const mentioned = said.flatMap(({ author, text }) => [author, ...mentionedIn(text)]);
  return [
    ...new Set([
      declaredBy,
      ...members,
      ...(postmortemOwner ? [postmortemOwner] : []),
      ...named,
      ...owners,
      ...mentioned,
    ]),
  ].filter(isPerson);
}

const mentionedIn = (text: string): string[] => [...text.matchAll(/<@([UW][A-Z0-9]+)/g)].flatMap(([, id]) => id ?? []);
