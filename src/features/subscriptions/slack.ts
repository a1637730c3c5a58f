import type { App } from '@slack/bolt';
import * as z from 'zod';
import type { Incident } from '../../incident/incident.ts';
import { severities } from '../../incident/severity.ts';
import type { Message } from '../../slack/blocks.ts';
import type { Inside, Reply } from '../../slack/inside.ts';
import { type FormAnswer, onPress, onSubmit, type Submitted } from '../../slack/listen.ts';
import { pressedOn } from '../../slack/on-incident.ts';
import { denialText } from '../../slack/refusals.ts';
import type { Call, Subcommand } from '../../slack/subcommand.ts';
import type { Rule } from '../../store/subscriptions.ts';
import { change, chosenBy, mayFollow } from './follow.ts';
import { followingText, ruleText, subscriptionsModal, unfollowedText, unknownWish } from './views.ts';
import { readWish } from './wish.ts';

export const subscribe: Subcommand = {
  name: 'subscribe',
  aliases: ['follow', 'sub'],
  usage: 'subscribe [#7 | checkout | sev1 | all]',
  help: 'Follow an incident, a service, a severity or everything by direct message.',
  where: 'anywhere',
  run: (call, inside) => asked(call, inside, 'subscribe'),
};

export const unsubscribe: Subcommand = {
  name: 'unsubscribe',
  aliases: ['unfollow', 'unsub'],
  usage: 'unsubscribe [#7 | checkout | sev1 | all]',
  help: 'Stop following it.',
  where: 'anywhere',
  run: (call, inside) => asked(call, inside, 'unsubscribe'),
};

async function asked(call: Call, inside: Inside, word: 'subscribe' | 'unsubscribe'): Promise<Reply> {
  const denied = mayFollow(inside, call.person);
  if (denied) return { text: denialText(denied) };
  if (!call.text) return openForm(call, inside);
  const wish = readWish(call.text, inside.policy);
  if ('near' in wish) return unknownWish(call.text, wish.near, word);
  if ('rule' in wish) return byRule(call, wish.rule, inside, word);
  const { store } = inside;
  const here = call.channel ? await store.read((tx) => tx.incidents.byChannel(call.channel ?? '')) : undefined;
  const incident = 'here' in wish ? here : await store.read((tx) => tx.incidents.byNumber(wish.incident));
  const refused = incident && mayFollow(inside, call.person, incident, { here: incident.id === here?.id });
  if (!incident || refused) return { text: denialText(refused ?? 'not-invited') };
  return word === 'subscribe' ? start(call, incident, inside) : stop(call, incident, inside);
}

async function openForm({ person }: Call, inside: Inside): Promise<Reply> {
  const chosen = await inside.store.read((tx) => chosenBy(tx, person, inside));
  return { open: subscriptionsModal(chosen, inside.policy) };
}

async function byRule(call: Call, rule: Rule, inside: Inside, word: 'subscribe' | 'unsubscribe'): Promise<Message> {
  const adds = word === 'subscribe';
  const { changed } = await change(inside, call.person.id, adds ? { add: [rule] } : { remove: [rule] });
  return ruleText(rule, inside.policy, adds ? (changed ? 'added' : 'had') : changed ? 'removed' : 'missing');
}

async function start({ person }: Call, incident: Incident, inside: Inside): Promise<Message> {
  await change(inside, person.id, { follow: [incident] });
  return followingText(incident);
}

async function stop({ person }: Call, incident: Incident, inside: Inside): Promise<Message> {
  await change(inside, person.id, { unfollow: [incident] });
  return unfollowedText(incident);
}

export function listen(app: App, inside: Inside): void {
  onPress(app, 'follow', inside, async (call) => {
    const pressed = await pressedOn(call, 'subscribe', inside);
    if (typeof pressed === 'string') return { text: pressed };
    const said = await start(call, pressed.incident, inside);
    // In App Home the page shows it, and there is no place for an answer.
    return call.channel ? said : undefined;
  });

  // The message itself, or App Home, shows that it is done.
  onPress(app, 'unfollow', inside, async (call) => {
    const incident = await inside.store.read((tx) => tx.incidents.load(call.text));
    if (incident) await change(inside, call.person.id, { unfollow: [incident] });
    return undefined;
  });

  onPress(app, 'open-subscriptions', inside, async (call) => {
    const denied = mayFollow(inside, call.person);
    return denied ? { text: denialText(denied) } : openForm(call, inside);
  });

  onPress(app, 'drop-subscription', inside, async (call) => {
    const [what, of = ''] = call.text.split(':');
    const rules = await inside.store.read((tx) => tx.subscriptions.of(call.person.id));
    const rule = rules.find((one) => one.what === what && one.of === of);
    if (rule) await change(inside, call.person.id, { remove: [rule] });
    return undefined;
  });

  onSubmit(app, 'subscriptions', inside, (form) => save(form, inside));
}

const Form = z.object({
  all: z.array(z.string()).default([]),
  severity: z.enum([...severities, 'none']).default('none'),
  services: z.array(z.string()).default([]),
  incidents: z.array(z.coerce.number()).default([]),
});
const Metadata = z.object({ followed: z.array(z.number()) });

/** The form says everything that somebody wants to follow; what of it is new and what is gone is found out here. */
async function save({ person, values, metadata }: Submitted, inside: Inside): Promise<FormAnswer> {
  const denied = mayFollow(inside, person);
  if (denied) return { errors: { all: denialText(denied) } };
  const form = Form.parse(values);
  const { followed } = Metadata.parse(JSON.parse(metadata));
  const wanted = rulesOf(form);
  const had = await inside.store.read((tx) => tx.subscriptions.of(person.id));
  const same = (one: Rule) => (other: Rule) => one.what === other.what && one.of === other.of;
  const follow = await numbered(
    form.incidents.filter((number) => !followed.includes(number)),
    inside,
  );
  const hidden = follow.map((incident) => mayFollow(inside, person, incident)).find(Boolean);
  if (hidden) return { errors: { incidents: denialText(hidden) } };
  await change(inside, person.id, {
    add: wanted.filter((rule) => !had.some(same(rule))),
    remove: had.filter((rule) => !wanted.some(same(rule))),
    follow,
    unfollow: await numbered(
      followed.filter((number) => !form.incidents.includes(number)),
      inside,
    ),
  });
  return undefined;
}

function rulesOf({ all, severity, services }: z.infer<typeof Form>): Rule[] {
  return [
    ...(all.length > 0 ? [{ what: 'all', of: '' } as const] : []),
    ...(severity === 'none' ? [] : [{ what: 'severity', of: severity } as const]),
    ...services.map((of) => ({ what: 'service', of }) as const),
  ];
}

const numbered = async (numbers: number[], { store }: Inside): Promise<Incident[]> =>
  store.read(async (tx) => {
    const found: Incident[] = [];
    for (const number of numbers) {
      const incident = await tx.incidents.byNumber(number);
      if (incident) found.push(incident);
    }
    return found;
  });
