import { type Denial, unfit } from '../may.ts';
import type { Inside } from './inside.ts';

const sentences: Partial<Record<Denial, string>> = {
  bot: 'That is an app. Choose a person.',
  guest: 'Guests cannot have a role or a task here. Choose a member.',
  deactivated: 'That account is deactivated. Choose somebody who is still here.',
  stranger: 'That person is not of this workspace. Choose a member.',
};

/** Why somebody cannot be given a role or a task, as a sentence for people; undefined: they can. */
export async function whyUnfit(person: string, { people, policy }: Inside): Promise<string | undefined> {
  const why = unfit(policy, await people.who(person));
  return why && sentences[why];
}
