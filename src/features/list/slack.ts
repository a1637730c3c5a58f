import type { App } from '@slack/bolt';
import * as z from 'zod';
import { denial } from '../../may.ts';
import type { Inside, Reply } from '../../slack/inside.ts';
import { onPress, onShortcut } from '../../slack/listen.ts';
import { permalink } from '../../slack/outside.ts';
import { denialText } from '../../slack/refusals.ts';
import type { Call, Subcommand } from '../../slack/subcommand.ts';
import { everything, readFilter } from './filter.ts';
import { found } from './found.ts';
import { listed } from './listed.ts';
import { saidHere, saidHereBlocks } from './said-here.ts';
import { foundMessage, incidentsModal, listMessage, unknownFilter, whatToFind } from './views.ts';

async function list(call: Call, inside: Inside, text: string, before?: number): Promise<Reply> {
  const { store, policy, now } = inside;
  const denied = denial(policy, call.person, 'see');
  if (denied) return { text: denialText(denied) };
  const filter = readFilter(text, policy);
  if ('unknown' in filter) return unknownFilter(filter.unknown, filter.near, policy);
  return listMessage(await store.read((tx) => listed(tx, filter, before, call.person, policy)), policy, now());
}

async function find(call: Call, inside: Inside, text: string, before?: number): Promise<Reply> {
  const { store, policy, now } = inside;
  const denied = denial(policy, call.person, 'see');
  if (denied) return { text: denialText(denied) };
  const [page, said] = await store.read(
    async (tx) =>
      [
        await found(tx, text, before, call.person, policy),
        before === undefined ? await saidHere(tx, call.channel, text) : [],
      ] as const,
  );
  if (!page) return whatToFind;
  const { blocks = [], ...message } = foundMessage(page, policy, now());
  return { ...message, blocks: [...saidHereBlocks(said, (place) => permalink(inside.identity(), place)), ...blocks] };
}

export const listSubcommand: Subcommand = {
  name: 'list',
  usage: 'list [mine | all | practice | sev1 | checkout]',
  help: 'Show what is going on now, or incidents of a kind.',
  where: 'anywhere',
  run: (call, inside) => list(call, inside, call.text),
};

export const findSubcommand: Subcommand = {
  name: 'find',
  usage: 'find [words]',
  help: 'Find incidents by what was said about them, or by number; in an incident’s channel also messages there.',
  where: 'anywhere',
  run: (call, inside) => find(call, inside, call.text),
};

/** What a button for the next page carries. */
const PageAfter = z.tuple([z.string(), z.number()]);

export function listen(app: App, inside: Inside): void {
  const replace = { replace: true };
  onPress(app, 'list-page', inside, (call) => list(call, inside, ...PageAfter.parse(JSON.parse(call.text))), replace);
  onPress(app, 'list-all', inside, (call) => list(call, inside, call.text), replace);
  onPress(app, 'find-page', inside, (call) => find(call, inside, ...PageAfter.parse(JSON.parse(call.text))), replace);

  onShortcut(app, 'incidents', inside, async (call) => {
    const { store, policy, now } = inside;
    const denied = denial(policy, call.person, 'see');
    if (denied) return { text: denialText(denied) };
    const open = await store.read((tx) => listed(tx, everything, undefined, call.person, policy));
    return { open: incidentsModal(open, policy, now()) };
  });
}
