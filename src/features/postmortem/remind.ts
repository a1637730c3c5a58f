import * as z from 'zod';
import type { Incident } from '../../incident/incident.ts';
import { isOver } from '../../incident/lifecycle.ts';
import { nextWorking } from '../../incident/working-hours.ts';
import { type Done, defineEffect, type Effect } from '../../outbox/effect.ts';
import { whereToTell } from '../../slack/answer.ts';
import { definePost } from '../../slack/messages.ts';
import { incidentOf, type Outside } from '../../slack/outside.ts';
import { dueOf, isOwed, type Owed, othersOf, owed, stepsOf, writerOfPostmortem } from './due.ts';
import { lateMessage, soonMessage, yoursMessage } from './messages.ts';

const day = 24 * 60 * 60_000;

/** One row for each moment at which somebody is to hear of it; each looks at how things stand by then. */
export const plan = defineEffect('postmortem.plan', z.object({ incident: z.string() }), {
  async run({ incident: id }, outside: Outside): Promise<Done> {
    const incident = await incidentOf(outside, id);
    return {
      next: stepsOf(incident, outside.policy).map(({ what, late, at }) => ({
        ...remindingOf(incident, what, late),
        runAt: at,
      })),
    };
  },
});

export const planOf = (incident: Incident): Effect => ({
  kind: plan.kind,
  key: `postmortem-plan:${incident.id}`,
  incident: incident.id,
  lane: 'cosmetic',
  gate: 'none',
  payload: { incident: incident.id },
});

export const remind = defineEffect(
  'postmortem.remind',
  z.object({ incident: z.string(), what: z.enum(owed), late: z.boolean() }),
  {
    async run({ incident: id, what, late }, outside: Outside): Promise<Done> {
      const incident = await incidentOf(outside, id);
      const due = dueOf(incident, what);
      // After a gap, whoever hears that it is late need not hear that it is due soon.
      if (!isOwed(incident, what) || !due || (!late && due <= outside.now())) return {};
      // It came back: nobody writes about it before it is over.
      if (!isOver(incident)) {
        const later = nextWorking(new Date(outside.now().getTime() + day), outside.policy.workingHours);
        return { next: [{ ...remindingOf(incident, what, late), runAt: later }] };
      }
      const writer = tellingOf(incident, writerOfPostmortem(incident), late ? 'late' : 'soon', what);
      const others = late ? othersOf(incident, outside.policy) : [];
      return { next: [writer, ...others.map((person) => tellingOf(incident, person, 'late-of-other', what))] };
    },
  },
);

const remindingOf = (incident: Incident, what: Owed, late: boolean): Effect => ({
  kind: remind.kind,
  key: `postmortem-${what}-${late ? 'late' : 'soon'}:${incident.id}`,
  incident: incident.id,
  lane: 'cosmetic',
  gate: 'none',
  payload: { incident: incident.id, what, late },
});

const Why = z.enum(['yours', 'soon', 'late', 'late-of-other']);
type Why = z.infer<typeof Why>;

/** In private. Nothing when it was done, or given to somebody else, before the message went out. */
export const tell = definePost(
  'postmortem.tell',
  z.object({ incident: z.string(), person: z.string(), why: Why, what: z.enum(owed) }),
  {
    compose: async ({ incident: id, person, why, what }, outside) => {
      const incident = await incidentOf(outside, id);
      if (!isOwed(incident, why === 'yours' ? 'publish' : what)) return undefined;
      if (why !== 'late-of-other' && writerOfPostmortem(incident) !== person) return undefined;
      return { channel: await whereToTell(outside, person, incident), ...messageFor(incident, why, what) };
    },
  },
);

function messageFor(incident: Incident, why: Why, what: Owed) {
  if (why === 'yours') return yoursMessage(incident);
  return why === 'soon' ? soonMessage(incident, what) : lateMessage(incident, what, why === 'late');
}

function tellingOf(incident: Incident, person: string, why: Why, what: Owed): Effect {
  return {
    kind: tell.kind,
    key: `postmortem-${why}-${what}-${person}:${incident.id}`,
    incident: incident.id,
    lane: 'channel',
    gate: `tell:${person}`,
    payload: { incident: incident.id, person, why, what },
  };
}

export const tellOwner = (incident: Incident, person: string): Effect =>
  tellingOf(incident, person, 'yours', 'publish');
