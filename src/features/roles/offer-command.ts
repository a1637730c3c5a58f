import * as z from 'zod';
import type { Incident } from '../../incident/incident.ts';
import { isOver } from '../../incident/lifecycle.ts';
import { Severity } from '../../incident/severity.ts';
import { Gone } from '../../integrations/http.ts';
import { unfit } from '../../may.ts';
import { type Done, defineEffect, type Effect } from '../../outbox/effect.ts';
import { directChannel } from '../../slack/answer.ts';
import { defineEdit, definePost } from '../../slack/messages.ts';
import { incidentOf, type Outside } from '../../slack/outside.ts';
import { firstLevelOf } from '../paging/first-level.ts';
import { whenRefused } from '../paging/refused.ts';
import { watchedRole } from './long-duty.ts';
import { commandOfferMessage } from './messages.ts';

const Plan = z.object({
  incident: z.string(),
  /** What it was before, where the severity changed: whom that called for was asked then. */
  from: Severity.optional(),
  /** Who has just given it up. */
  except: z.string().optional(),
  version: z.number(),
});
type Plan = z.infer<typeof Plan>;

/** Finds out who is on call for the commanders, and offers it to them. Asking changes nothing. */
export const planCommandOffer = defineEffect('roles.plan-command-offer', Plan, {
  async run(plan, outside: Outside): Promise<Done> {
    const incident = await incidentOf(outside, plan.incident);
    const { commanders } = outside.policy.paging;
    if (!commanders || !isCalledFor(incident, plan.from, outside) || !isVacant(incident)) return {};
    try {
      const people = (await firstLevelOf(commanders, outside)).flatMap(({ person }) => person ?? []);
      const asked = (await fitAmong([...new Set(people)], outside)).filter((person) => person !== plan.except);
      return { next: asked.slice(0, slots.length).map((person, index) => offer(incident, slots[index] ?? 1, person)) };
    } catch (error) {
      // The page to them says what is wrong.
      if (error instanceof Gone) return {};
      return whenRefused(error, planned(incident, plan), outside);
    }
  },
});

/** Where a commander is woken by the severity they are asked as well; what disturbs nobody disturbs no commander. */
function isCalledFor({ severity }: Incident, from: Severity | undefined, { policy }: Outside): boolean {
  const calls = (one: Severity) => policy.paging.demands[one].includes('commanders');
  return Object.hasOwn(policy.roles, watchedRole) && calls(severity) && !(from && calls(from));
}

/** Nobody outside is told of a private incident, and a practice is for those who are in it. */
function isVacant(incident: Incident): boolean {
  const { isPrivate, isPractice, roles, handovers } = incident;
  return !isPrivate && !isPractice && !isOver(incident) && !roles[watchedRole] && !handovers[watchedRole];
}

async function fitAmong(people: string[], { policy, ...outside }: Outside): Promise<string[]> {
  const asked = await Promise.all(
    people.map(async (id) => (unfit(policy, await outside.people.who(id)) ? undefined : id)),
  );
  return asked.filter((id) => id !== undefined);
}

const Offered = z.object({ incident: z.string(), person: z.string() });

/** A direct message with *Take the role*; they have it once they press, and not before. */
export const offerCommand = definePost('roles.offer-command', Offered, {
  compose: async ({ incident: id, person }, outside) => {
    const incident = await incidentOf(outside, id);
    // Taken before it could be said.
    if (!isVacant(incident)) return undefined;
    const channel = await directChannel(outside, person);
    return { channel, ...commandOfferMessage(incident, watchedRole, outside.policy) };
  },
});

const Slot = z.object({ incident: z.string(), slot: z.number() });
const Place = z.object({ channel: z.string(), ts: z.string() });

/** The same message once it is settled: it says who is the commander, and has no button any more. */
export const settleCommandOffer = defineEdit('roles.command-offer-settled', Slot, {
  compose: async ({ incident: id, slot }, outside) => {
    const [incident, rows] = await Promise.all([
      incidentOf(outside, id),
      outside.store.read((tx) => tx.outbox.byKey(keyOf(id, slot))),
    ]);
    const posted = rows.find((row) => row.state === 'done' && row.result);
    if (!posted || isVacant(incident)) return undefined;
    return { at: Place.parse(posted.result), ...commandOfferMessage(incident, watchedRole, outside.policy) };
  },
});

/** How many may be asked at once: each has a message of their own. A schedule for commanders has one, or two while they overlap. */
const slots = [1, 2, 3];

const keyOf = (incident: string, slot: number) => `command-offer-${slot}:${incident}`;

const planned = (incident: Incident, plan: Plan): Effect => ({
  kind: planCommandOffer.kind,
  key: `plan-command-offer-${plan.version}:${incident.id}`,
  incident: incident.id,
  lane: 'channel',
  gate: 'pagerduty.rest',
  payload: plan,
});

/** To whoever is on call for the commanders, while nobody is. */
export const commandOffered = (incident: Incident, about: { from?: Severity; except?: string } = {}): Effect[] =>
  isVacant(incident) && incident.channel
    ? [planned(incident, { incident: incident.id, version: incident.version, ...about })]
    : [];

const offer = (incident: Incident, slot: number, person: string): Effect => ({
  kind: offerCommand.kind,
  key: keyOf(incident.id, slot),
  incident: incident.id,
  lane: 'channel',
  gate: `tell:${person}`,
  orderKey: keyOf(incident.id, slot),
  payload: { incident: incident.id, person },
});

export const commandSettled = (incident: Incident): Effect[] =>
  slots.map((slot) => ({
    kind: settleCommandOffer.kind,
    key: `settled-${keyOf(incident.id, slot)}`,
    incident: incident.id,
    lane: 'channel',
    gate: 'chat.update',
    orderKey: keyOf(incident.id, slot),
    payload: { incident: incident.id, slot },
  }));
