import type { People } from './people.ts';

const atOnce = 5;
/** Slack takes about a hundred look-ups of a person a minute; the rest are called by their ids until they are known. */
const most = 100;

/** People's names by their id, of those whom Slack knows; asked once a day and remembered. */
export async function namesOf(people: People, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const names = new Map<string, string>();
  const left = [...new Set(ids)].filter((id) => /^[UW][A-Z0-9]+$/.test(id)).slice(0, most);
  const ask = async () => {
    for (let id = left.pop(); id !== undefined; id = left.pop()) {
      const name = await people.called(id);
      if (name) names.set(id, name);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, ask));
  return names;
}
