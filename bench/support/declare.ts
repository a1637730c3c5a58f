import type { Person } from '../../sandbox/client.ts';
import type { SubmitResult, View } from '../../sandbox/wire.ts';

export async function openForm(person: Person): Promise<View> {
  await person.close({ all: true }).catch(() => undefined);
  const { ok } = await person.command('/incident', { channel: 'incidents' });
  if (!ok) throw new Error('the command was not acknowledged');
  return person.waitForView('declare');
}

let count = 0;

/** Titles that share no word, so that none is taken for another one's double. */
export function title(): string {
  count += 1;
  const word = (seed: number) => seed.toString(36).replace(/\d/g, (digit) => 'qwzxjkvbyh'[Number(digit)] ?? 'q');
  return `${word(count * 7919 + 100_000)} ${word(count * 104_729 + 5_000_000)}`;
}

export async function submit(person: Person, view: View, more: { severity?: string } = {}): Promise<SubmitResult> {
  const result = await person.submit({ title: title(), ...more }, { view: view.id });
  if (result.outcome !== 'closed') throw new Error(`the form was not taken: ${JSON.stringify(result)}`);
  return result;
}
