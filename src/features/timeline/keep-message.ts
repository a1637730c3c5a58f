import type { App } from '@slack/bolt';
import * as z from 'zod';
import { type By, onceMore } from '../../desk.ts';
import type { Incident, Place } from '../../incident/incident.ts';
import { openStatuses } from '../../incident/lifecycle.ts';
import { placeKey } from '../../incident/timeline.ts';
import { denial, sightOf } from '../../may.ts';
import type { Message as Reply } from '../../slack/blocks.ts';
import type { Reply as AnyReply, Inside } from '../../slack/inside.ts';
import { onShortcut, onSubmit } from '../../slack/listen.ts';
import { denialText, refusalText } from '../../slack/refusals.ts';
import { SlackMessage, textOf, toMessage } from '../../slack/said.ts';
import type { Call } from '../../slack/subcommand.ts';
import type { Message } from '../../store/messages.ts';
import { plainOf } from './plain.ts';
import { keepMessageModal, keptAlready, keptText, noIncidentForMessage } from './views.ts';

const may = 'addToTimeline';

/** What the form carries: where the message is, and the delivery that has what it says. */
const Metadata = z.object({ source: z.object({ channel: z.string(), ts: z.string() }), delivery: z.string() });
const Delivered = z.object({ message: SlackMessage });
const Form = z.object({ incident: z.string() });

/** The shortcut *Add to timeline* on a message. */
export function listenToKeeping(app: App, inside: Inside): void {
  onShortcut(app, 'add-to-timeline', inside, async (call, message) => {
    if (!message) return undefined;
    const { channel, ts } = message;
    return keepOrAsk(call, { channel, ts }, inside);
  });

  onSubmit(app, 'keep-message', inside, async ({ person, by, values, metadata }) => {
    const { source, delivery } = Metadata.parse(JSON.parse(metadata));
    const { incident: id } = Form.parse(values);
    const incident = await inside.store.read((tx) => tx.incidents.load(id));
    const denied = incident ? denial(inside.policy, person, may, incident) : 'not-invited';
    if (!incident || denied) return { errors: { incident: denialText(denied ?? 'not-invited') } };
    const outcome = await keep(incident, source, delivery, by, inside);
    return 'refused' in outcome ? { errors: { incident: refusalText(outcome.refused) } } : undefined;
  });
}

async function keepOrAsk(call: Call, source: Place, inside: Inside): Promise<AnyReply> {
  const { store, policy } = inside;
  const here = await store.read((tx) => tx.incidents.byChannel(source.channel));
  const denied = denial(policy, call.person, may, here, { here: here !== undefined });
  if (denied) return { text: denialText(denied) };
  if (here) return keepHere(here, call, source, inside);
  const sight = sightOf(policy, call.person);
  const choose = await store.read((tx) => tx.incidents.page({ sight, statuses: openStatuses, limit: 100 }));
  if (choose.length === 0) return noIncidentForMessage;
  const text = textOf(await said(call.delivery, inside));
  const metadata = JSON.stringify({ source, delivery: call.delivery });
  return { open: keepMessageModal(choose, plainOf(text), metadata) };
}

async function keepHere(incident: Incident, call: Call, source: Place, inside: Inside): Promise<Reply> {
  if (incident.timelineSources.includes(placeKey(source))) return keptAlready(incident);
  const outcome = await keep(incident, source, call.delivery, call.by, inside);
  return 'refused' in outcome ? { text: refusalText(outcome.refused) } : keptText(incident);
}

/** As the shortcut was given it. */
const said = async (delivery: string, { store }: Inside): Promise<SlackMessage> =>
  Delivered.parse(await store.read((tx) => tx.inbox.body(delivery))).message;

/** The place and what stands there, in one transaction: nobody may have captured the message yet. */
async function keep(incident: Incident, source: Place, delivery: string, by: By, inside: Inside) {
  const message: Message = toMessage(await said(delivery, inside), source.channel, incident.id);
  return onceMore(() =>
    inside.transact(async (tx) => {
      const outcome = await inside.desk.handleIn(tx, incident.id, { type: 'addToTimeline', source }, by);
      if (!('refused' in outcome)) await tx.messages.keep([message]);
      return outcome;
    }),
  );
}
