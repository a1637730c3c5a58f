import { AskPage } from '../../incident/page-commands.ts';
import type { Inside, Reply } from '../../slack/inside.ts';
import { carryOut } from '../../slack/on-incident.ts';
import type { Call, Subcommand } from '../../slack/subcommand.ts';
import { openPageForm } from './form.ts';
import { tooMany } from './limit.ts';
import { readTarget } from './targets.ts';

export const pageSubcommand: Subcommand = {
  name: 'page',
  usage: 'page [whom] [why]',
  help: 'Wake a team, a service’s on-call or one person.',
  where: 'anywhere',
  run: page,
};

/** In an incident's channel whoever names whom and why needs no form; a person is always asked for in it. */
async function page(call: Call, inside: Inside): Promise<Reply> {
  const here = call.channel && (await inside.store.read((tx) => tx.incidents.byChannel(call.channel ?? '')));
  const about = here ? { incident: here, here: true } : undefined;
  const [person] = call.mentions;
  if (person) return openPageForm(call, about, { person, why: withoutMention(call.text) }, inside);
  const { target, why } = readTarget(call.text, inside.policy);
  const command = target ? AskPage.safeParse({ type: 'askPage', whom: { target }, why }) : undefined;
  if (!about || !command?.success) return openPageForm(call, about, { target, why }, inside);
  const limited = await tooMany(call.person, about.incident, inside);
  if (limited) return { text: limited };
  const refused = await carryOut({ ...call, ...about }, command.data, 'page', inside);
  return refused ?? { text: 'I am paging them. The thread of the headline says what comes of it.' };
}

const withoutMention = (text: string): string => text.replace(/^\s*@\S+\s*/, '');
