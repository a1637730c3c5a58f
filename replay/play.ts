import { setTimeout as sleep } from 'node:timers/promises';
import type { FieldValue, Person } from '../sandbox/client.ts';
import { channelName } from '../src/incident/channel-name.ts';
import type { Plan, Step } from './plan.ts';
import type { World } from './world.ts';

/** An incident as it was played. */
export interface Played {
  plan: Plan;
  number: number;
  person: string;
  channel: string;
}

export const people = ['ana', 'ben', 'chloe', 'dev', 'eli'];
/** Real milliseconds until a wait for the bot is given up, and between two looks. */
const patience = 30_000;
const pause = 6;

/** Plays every step of every incident in the order of time, on a clock that is wound from one to the next. */
export async function play(plans: Plan[], world: World, tell: (played: Played) => void): Promise<Played[]> {
  const played = new Map<Plan, Played>();
  const roles = await knowsRoles(world);
  for (const { plan, step } of inOrder(plans)) {
    await meanwhile(step.at, world);
    await world.windTo(step.at);
    if (step.do === 'declare') {
      const begun = await declare(plan, played.size + 1, world);
      if (roles) await takeRoles(begun, world);
      played.set(plan, begun);
    } else await act(step, mustBe(played.get(plan)), world);
    if (step === plan.steps.at(-1)) tell(mustBe(played.get(plan)));
  }
  return [...played.values()];
}

/** What the bot plans comes in its own minute, also while nobody does anything: reminders, and that an update is overdue. */
async function meanwhile(at: Date, { windTo, planned, isIdle }: World): Promise<void> {
  for (let due = await planned(); due && due < at; due = await planned()) {
    await windTo(due);
    await until('the bot to do what it planned', async () => ((await isIdle()) ? true : undefined));
  }
}

/** What the bot offers, it says itself. */
async function knowsRoles({ slack }: World): Promise<boolean> {
  const { reply } = await slack.as('ana').command('/incident help', { channel: 'incidents' });
  return JSON.stringify(reply).includes('/incident role ');
}

/** The declarer leads, and somebody else writes the updates. */
async function takeRoles({ person, channel }: Played, { slack }: World): Promise<void> {
  const writer = people[(people.indexOf(person) + 1) % people.length];
  for (const text of ['/incident take commander', `/incident role communications @${writer}`]) {
    const { ok, error } = await slack.as(person).command(text, { channel });
    if (!ok) throw new Error(`${person} typed “${text}” and was told: ${error}`);
  }
}

/** Steps of one incident stay in their order where times are equal, for the sort is stable. */
function inOrder(plans: Plan[]): { plan: Plan; step: Step }[] {
  const all = plans.flatMap((plan) => plan.steps.map((step) => ({ plan, step })));
  return all.toSorted((one, other) => one.step.at.getTime() - other.step.at.getTime());
}

function mustBe(played: Played | undefined): Played {
  if (!played) throw new Error('a step came before its incident was declared');
  return played;
}

async function declare(plan: Plan, number: number, { slack, policy, isIdle }: World): Promise<Played> {
  const person = slack.as(people[number % people.length] ?? 'ana');
  await command(person, `/incident declare ${plan.title}`, 'incidents');
  await fillIn(person, 'declare', {
    title: plan.title,
    severity: plan.severity,
    felt: plan.felt,
    ...(plan.services.length > 0 && { services: plan.services }),
  });
  // People wait for the confirmation to say that all is in place; the address it is edited by lives half an hour.
  await until(`#${number} to be furnished`, async () => ((await isIdle()) ? true : undefined));
  const name = channelName(policy.channelName, { number, title: plan.title, isPrivate: false });
  const channel = await until(`${person.name} to be invited to #${name}`, async () => {
    const found = await slack.channel(name);
    return found?.members.includes(person.id) ? found.id : undefined;
  });
  return { plan, number, person: person.name, channel };
}

async function act(step: Step, { person: name, channel }: Played, { slack }: World): Promise<void> {
  const person = slack.as(name);
  if (step.do === 'update') return command(person, `/incident update ${step.text}`, channel);
  if (step.do === 'status') return command(person, `/incident status ${step.to}`, channel);
  if (step.do !== 'resolve') return;
  await command(person, '/incident resolve', channel);
  const { impact } = step;
  const { started = null, ended = null } = impact.felt === 'yes' ? impact : {};
  await fillIn(person, 'resolve', { felt: impact.felt, started, ended });
}

/** A command that changes something is answered by what it changes; words come back only when it was refused. */
async function command(person: Person, text: string, channel: string): Promise<void> {
  const { ok, error, reply } = await person.command(text, { channel });
  if (!ok || reply)
    throw new Error(`${person.name} typed “${text.slice(0, 80)}” and was told: ${error ?? reply?.text}`);
}

/**
 * Sends the form that opens. Similar incidents are shown first; a second submit says that this one is new. So does a person whose form
 * got no answer in time: it counts once.
 */
async function fillIn(person: Person, form: string, values: Record<string, FieldValue>): Promise<void> {
  const view = await until(`the form ${form} before ${person.name}`, async () =>
    (await person.views()).findLast(({ callback_id: id }) => id === form),
  );
  const first = await person.submit(values, { view: view.id });
  const sent = ['updated', 'timeout'].includes(first.outcome) ? await person.submit(values, { view: view.id }) : first;
  if (sent.outcome !== 'closed')
    throw new Error(`the form ${form} ended with ${sent.outcome}: ${JSON.stringify(sent.errors)}`);
}

async function until<T>(what: string, look: () => Promise<T | undefined>): Promise<T> {
  for (const end = performance.now() + patience; performance.now() < end; await sleep(pause)) {
    const found = await look();
    if (found !== undefined) return found;
  }
  throw new Error(`waited ${patience / 1000} s in vain for ${what}`);
}
