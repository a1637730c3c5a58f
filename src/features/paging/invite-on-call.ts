import * as z from 'zod';
import type { Incident } from '../../incident/incident.ts';
import { isOver } from '../../incident/lifecycle.ts';
import { targetsOfServices } from '../../incident/paging.ts';
import { Severity } from '../../incident/severity.ts';
import { Gone } from '../../integrations/http.ts';
import { type Done, defineEffect, type Effect } from '../../outbox/effect.ts';
import { incidentOf, type Outside } from '../../slack/outside.ts';
import { inviteTo } from '../channel/furnish.ts';
import { firstLevelOf, type OnFirstLevel } from './first-level.ts';
import { whenRefused } from './refused.ts';

const Payload = z.object({
  incident: z.string(),
  /** What it was before, where the severity changed: whom that demanded was invited then, and may have left. */
  from: Severity.optional(),
  version: z.number(),
});

/**
 * Finds out who is on call for the services, and has them invited: they are woken for this anyway, and find the channel before them.
 * Asking changes nothing, and an invitation that is there already stays one.
 */
export const inviteOnCall = defineEffect('paging.invite-on-call', Payload, {
  async run({ incident: id, from, version }, outside: Outside): Promise<Done> {
    const incident = await incidentOf(outside, id);
    if (!mayInvite(incident) || isOver(incident) || !incident.channel) return {};
    const targets = whoseOnCall(incident, from, outside);
    try {
      const people = (await Promise.all(targets.map((target) => onCallAt(target, outside)))).flat();
      const missing = people.flatMap(({ person }) => (person && !incident.members.includes(person) ? [person] : []));
      return { next: [...new Set(missing)].map((person) => inviteTo(incident, person)) };
    } catch (error) {
      return whenRefused(error, invitation(incident, { from, version }), outside);
    }
  },
});

function whoseOnCall({ services, severity }: Incident, from: Severity | undefined, { policy }: Outside): string[] {
  const { invite, demands } = policy.paging;
  const demand = (one: Severity) => demands[one].includes('services');
  if (!invite || !demand(severity) || (from && demand(from))) return [];
  return targetsOfServices(services, policy);
}

/** A target that PagerDuty does not know any more keeps nobody else from being invited; the page to it says what is wrong. */
async function onCallAt(target: string, outside: Outside): Promise<OnFirstLevel[]> {
  try {
    return await firstLevelOf(target, outside);
  } catch (error) {
    if (error instanceof Gone) return [];
    throw error;
  }
}

/** Who is woken for a private incident reads its number and a link: whether they are let in is for those inside to say. */
const mayInvite = ({ isPrivate, isPractice }: Incident): boolean => !isPrivate && !isPractice;

const invitation = (incident: Incident, about: { from?: Severity | undefined; version: number }): Effect => ({
  kind: inviteOnCall.kind,
  key: `invite-on-call-${about.version}:${incident.id}`,
  incident: incident.id,
  lane: 'channel',
  gate: 'pagerduty.rest',
  payload: { incident: incident.id, ...about },
});

/** `from`: the severity that it had before. */
export const invitationOf = (incident: Incident, from?: Severity): Effect[] =>
  mayInvite(incident) && incident.channel ? [invitation(incident, { from, version: incident.version })] : [];
