import * as z from 'zod';
import type { Incident } from '../../incident/incident.ts';
import { whenAllowed } from '../../incident/reminders.ts';
import { unfilledKeyRoles } from '../../incident/roles.ts';
import { defineEffect, type Effect } from '../../outbox/effect.ts';
import { definePost } from '../../slack/messages.ts';
import { incidentOf, type Outside } from '../../slack/outside.ts';
import { channelWork, postGate } from '../channel/work.ts';
import { commandersSoon } from '../paging/commanders.ts';
import { unfilledMessage } from './views.ts';

const Payload = z.object({ incident: z.string() });
const minute = 60_000;

/** Waits until people had time to take the key roles by themselves, and then has them asked, once. */
export const planAsking = defineEffect('roles.plan-asking', Payload, {
  async run({ incident: id }, outside: Outside) {
    const { policy } = outside;
    const incident = await incidentOf(outside, id);
    if (unfilledKeyRoles(incident, policy).length === 0) return {};
    const now = outside.now();
    const due = new Date(incident.declaredAt.getTime() + policy.reminders.unfilledRoles * minute);
    const when = whenAllowed(due > now ? due : now, incident.severity, policy);
    return { next: [when > now ? askLater(incident, when) : askNow(incident)] };
  },
});

/** In the headline's thread, naming those in the channel. */
export const askWhoTakes = definePost('roles.ask', Payload, {
  compose: async ({ incident: id }, outside) => {
    const incident = await incidentOf(outside, id);
    const { channel, headline } = incident;
    if (!channel || unfilledKeyRoles(incident, outside.policy).length === 0) return undefined;
    return {
      channel: channel.id,
      ...(headline && { thread: headline.ts }),
      ...unfilledMessage(incident, outside.policy, await commandersSoon(outside)),
    };
  },
});

/** The plan is out of the channel's order: what waits for its time would hold up what is said meanwhile. */
export const planAskingFor = (incident: Incident): Effect => ({
  kind: planAsking.kind,
  key: `unfilled:${incident.id}`,
  payload: { incident: incident.id },
  lane: 'cosmetic',
  gate: 'none',
});

const askLater = (incident: Incident, runAt: Date): Effect => ({ ...planAskingFor(incident), runAt });

const askNow = (incident: Incident): Effect =>
  channelWork(askWhoTakes.kind, 'unfilled-ask', incident, { lane: 'channel', gate: postGate(incident) });
