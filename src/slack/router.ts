import type { App } from '@slack/bolt';
import * as z from 'zod';
import type { Incident } from '../incident/incident.ts';
import { openStatuses } from '../incident/lifecycle.ts';
import { denial, visibleTo } from '../may.ts';
import type { Inside, Reply } from './inside.ts';
import { deliveryOf, onPress, replyTo, tooLate } from './listen.ts';
import { nearest } from './nearest.ts';
import { denialText } from './refusals.ts';
import type { Call, Subcommand } from './subcommand.ts';
import { mentioned, readable } from './text.ts';
import { askWhichIncident, done, noOpenIncident, unknownWord } from './views.ts';

/** `/inc` is the short form; both are declared in manifest.yml. */
const commands = ['/incident', '/inc'];

/** `/incident <word> …`: finds the sub-command that the word names, and the incident it is about. */
export function listenToCommands(app: App, inside: Inside): void {
  for (const command of commands) {
    app.command(command, async ({ ack, body, context }) => {
      const { key, late } = deliveryOf(context);
      const person = await inside.people.who(body.user_id, body.team_id);
      const call: Call = {
        person,
        by: { person: person.id, delivery: key },
        delivery: key,
        channel: body.channel_id,
        text: readable(body.text ?? ''),
        mentions: mentioned(body.text ?? ''),
        trigger: body.trigger_id,
        late,
      };
      const reply = await route(call, inside);
      if (!reply) return ack();
      if (!('open' in reply)) return ack({ response_type: 'ephemeral', ...reply });
      if (late) return ack({ response_type: 'ephemeral', ...tooLate });
      await ack();
      await replyTo(call, reply, inside);
    });
  }

  onPress(app, 'choose-incident', inside, (call, { body }) => chosen(call, body.actions[0]?.block_id ?? '', inside), {
    replace: true,
  });
}

async function route(call: Call, inside: Inside): Promise<Reply> {
  const denied = denial(inside.policy, call.person, 'see');
  // A guest may be in the channel of an incident; what a sub-command shows or does it asks for itself.
  if (denied && denied !== 'guest') return { text: denialText(denied) };

  const here = await incidentHere(call, inside);
  const { name, rest } = parted(call.text);
  const named = inside.subcommands.find((subcommand) => isNamed(subcommand, name));
  if (named) return run(named, { ...call, text: rest }, inside, here);
  if (here && call.text)
    return unknownWord(
      name,
      nearest(
        name,
        inside.subcommands.map((one) => one.name),
      ),
      call.text,
    );
  return run(here ? subcommand(inside, 'tray') : subcommand(inside, 'declare'), call, inside, here);
}

async function run(named: Subcommand, call: Call, inside: Inside, here: Incident | undefined): Promise<Reply> {
  if (named.where === 'anywhere') return named.run(call, inside);
  const denied = denial(inside.policy, call.person, 'see', here, { here: here !== undefined });
  if (denied) return { text: denialText(denied) };
  if (here) return (await named.run({ ...call, incident: here, here: true }, inside)) ?? unseen(here);

  const { statuses = openStatuses } = named;
  const open = await inside.store.read((tx) => tx.incidents.list({ statuses }));
  const visible = open.filter(visibleTo(inside.policy, call.person));
  if (visible.length === 0) return noOpenIncident(`${named.name} ${call.text}`.trim());
  return askWhichIncident(visible, named.name, call.delivery, `${named.name} ${call.text}`.trim());
}

/** Success shows in the channel, unless nothing of ours does any more. */
const unseen = (incident: Incident): Reply =>
  incident.channelGone && {
    text: `${done(incident).text} It shows nowhere here, since I am no longer in this channel: \`/invite @tocsin\`.`,
  };

/** The answer to "which incident?": the command as it was typed then, on the incident chosen now. */
async function chosen(pressed: Call, blockId: string, inside: Inside): Promise<Reply> {
  const typed = Typed.parse(await inside.store.read((tx) => tx.inbox.body(blockId.replace(/^for:/, ''))));
  const { name, rest } = parted(readable(typed.text));
  const named = subcommand(inside, name);
  const call = { ...pressed, text: rest, mentions: mentioned(typed.text) };
  const incident = await inside.store.read((tx) => tx.incidents.load(pressed.text));
  const denied = incident ? denial(inside.policy, call.person, 'see', incident) : 'not-invited';
  if (!incident || denied) return { text: denialText(denied ?? 'not-invited') };
  if (named.where === 'anywhere') return named.run(call, inside);
  return (await named.run({ ...call, incident, here: false }, inside)) ?? done(incident);
}

const Typed = z.object({ text: z.string().default('') });

async function incidentHere({ channel }: Call, { store }: Inside): Promise<Incident | undefined> {
  return channel ? store.read((tx) => tx.incidents.byChannel(channel)) : undefined;
}

function parted(text: string): { name: string; rest: string } {
  const [name = ''] = text.split(/\s/, 1);
  return { name, rest: text.slice(name.length).trim() };
}

const isNamed = ({ name, aliases = [] }: Subcommand, word: string) => [name, ...aliases].includes(word.toLowerCase());

function subcommand({ subcommands }: Inside, name: string): Subcommand {
  const found = subcommands.find((one) => isNamed(one, name));
  if (!found) throw new Error(`no sub-command ${name}`);
  return found;
}
