import type { Tenure } from '../../incident/tenures.ts';
import { placeKey } from '../../incident/timeline.ts';
import type { Line } from '../timeline/read.ts';
import type { Values } from './fields.ts';
import { type Known, nameOf } from './values.ts';
import { dayOf, timeOfDay } from './when.ts';

/** An image that is kept, and the message it came with. */
export interface Picture {
  id: string;
  name: string;
  channel: string;
  ts: string;
}

/** What people read of the record, hidden entries left out. */
export function timelineValues(known: Known, tenures: Tenure[]): NonNullable<Values['timeline']> {
  const shown = known.lines.filter(({ hidden }) => !hidden);
  const pictures = Map.groupBy(known.pictures, placeKey);
  const roles = rolesThen(tenures, known);
  return shown.map((line, index) => {
    const before = shown[index - 1];
    const day = dayOf(line.at);
    return {
      day: before && dayOf(before.at) === day ? undefined : day,
      time: timeOfDay(line.at),
      text: line.text,
      ...authorOf(line, known, roles),
      link: line.source && known.link(line.source),
      ...attached(line, pictures),
    };
  });
}

/** An event's words say who did it; of what people said or wrote down it is told who they were then. */
function authorOf(line: Line, known: Known, roles: (person: string, at: Date) => string | undefined) {
  if (line.event || line.moment || line.erased) return {};
  const author = line.author ?? (line.source ? undefined : line.by);
  return author ? { who: nameOf(known, author), role: roles(author, line.at) } : {};
}

/** An image that is kept is shown, every other file is a link. */
function attached({ source, files, erased }: Line, pictures: Map<string, Picture[]>) {
  const kept = source && !erased ? (pictures.get(placeKey(source)) ?? []) : [];
  return {
    images: kept.map(({ id, name }) => ({ name, address: `image:${id}` })),
    files: files
      .filter(({ id }) => !kept.some((picture) => picture.id === id))
      .map(({ name, link }) => ({ name, address: link })),
  };
}

/** The role that somebody had at a moment, by its name. */
function rolesThen(tenures: Tenure[], { policy }: Known): (person: string, at: Date) => string | undefined {
  const of = Map.groupBy(tenures, ({ person }) => person);
  return (person, at) => {
    const held = of.get(person)?.find(({ from, until }) => from <= at && (!until || at < until));
    return held && (policy.roles[held.role]?.name ?? held.role);
  };
}
