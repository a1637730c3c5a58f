/** What people do in PagerDuty's own app, or by answering their phone. */
import * as z from 'zod';
import { setPriority } from './change.ts';
import { priorities } from './directory.ts';
import { acknowledge, delegate, needOpen, open, reassign, reopen, resolve } from './incidents.ts';
import { escalate } from './levels.ts';
import { log } from './note.ts';
import type { Desk } from './operation.ts';
import type { PagerIncident } from './wire.ts';

const minute = 60_000;

const on = { incident: z.string() };
const Deed = z.discriminatedUnion('do', [
  z.object({ do: z.enum(['acknowledge', 'resolve', 'escalate', 'reopen', 'accept', 'decline']), ...on }),
  z.object({ do: z.literal('reassign'), ...on, to: z.string() }),
  z.object({ do: z.literal('delegate'), ...on, policy: z.string() }),
  z.object({ do: z.literal('annotate'), ...on, content: z.string().min(1) }),
  z.object({ do: z.literal('update'), ...on, message: z.string().min(1) }),
  z.object({ do: z.literal('prioritize'), ...on, priority: z.string().nullable() }),
  z.object({ do: z.literal('snooze'), ...on, minutes: z.number().positive() }),
  z.object({ do: z.literal('merge'), ...on, into: z.string() }),
  z.object({
    do: z.literal('open'),
    service: z.string(),
    title: z.string().min(1),
    urgency: z.enum(['high', 'low']).optional(),
  }),
]);
type Deed = z.infer<typeof Deed>;

export function createDeeds({ book, refer, talk }: Desk) {
  const { account } = book;

  function userOf(handle: string): string {
    const user = account.state.users.find((one) => one.handle === handle);
    if (!user) throw new Error(`${handle} has no PagerDuty account`);
    return user.id;
  }

  function needIncident(id: string): PagerIncident {
    const incident = account.incident(id);
    if (!incident) throw new Error(`there is no PagerDuty incident ${id}`);
    return incident;
  }

  function opened({ service, title, urgency }: Extract<Deed, { do: 'open' }>, by: string): PagerIncident {
    const key = crypto.randomUUID().replaceAll('-', '');
    const given = { service, title, incidentKey: key, byHand: true, ...(urgency && { urgency }) };
    const incident = open(book, given, { by, at: book.now() });
    if (!incident) throw new Error(`nobody is on call for ${service}, so PagerDuty opens nothing`);
    return incident;
  }

  function priorityNamed(name: string): string {
    const found = priorities.find((one) => one.name === name);
    if (!found) throw new Error(`there is no priority ${name}`);
    return found.id;
  }

  function act(deed: Exclude<Deed, { do: 'open' }>, by: string): PagerIncident {
    const incident = needIncident(deed.incident);
    const when = { by, at: book.now() };
    switch (deed.do) {
      case 'acknowledge':
        acknowledge(book, incident, when);
        break;
      case 'resolve':
        resolve(book, incident, when);
        break;
      case 'escalate':
        escalate(book, incident, undefined, when);
        break;
      case 'reopen':
        if (incident.status !== 'resolved') throw new Error(`${incident.id} is open`);
        reopen(book, incident, 'triggered', when);
        break;
      case 'accept':
      case 'decline':
        talk.answer(incident, deed.do === 'accept' ? 'joined' : 'declined', when);
        break;
      case 'reassign':
        reassign(book, incident, [userOf(deed.to)], when);
        break;
      case 'delegate':
        delegate(book, incident, deed.policy, when);
        break;
      case 'annotate':
        talk.annotate(incident, deed.content, when);
        break;
      case 'update':
        talk.publish(incident, deed.message, when);
        break;
      case 'prioritize':
        setPriority({ book, refer }, incident, deed.priority === null ? null : priorityNamed(deed.priority), when);
        break;
      case 'snooze':
        needOpen(incident);
        acknowledge(book, incident, when, when.at + deed.minutes * minute);
        log(account, incident, 'snooze', when);
        break;
      case 'merge':
        talk.merge(needIncident(deed.into), [incident], when);
        break;
    }
    return incident;
  }

  return (handle: string, body: unknown): PagerIncident => {
    const deed = Deed.parse(body);
    const by = userOf(handle);
    const incident = deed.do === 'open' ? opened(deed, by) : act(deed, by);
    account.changed();
    return incident;
  };
}
