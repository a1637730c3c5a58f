import * as z from 'zod';
import type { Command } from '../../incident/commands.ts';
import type { Incident } from '../../incident/incident.ts';
import { openStatuses } from '../../incident/lifecycle.ts';
import { incidentOfKey, type Page } from '../../incident/page.ts';
import type { pageNews, Taker } from '../../incident/page-commands.ts';
import { severities } from '../../incident/severity.ts';
import type { PagerEvent, PagerEventKind, PagerPerson } from '../../integrations/pager-shapes.ts';
import { readDelivery } from '../../integrations/pagerduty/webhook.ts';
import type { Inside } from '../../slack/inside.ts';
import { begin } from '../from-pagerduty/begin.ts';
import { isBotItself, personOf } from './accounts.ts';
import { answered, requestTo } from './ask-for-help.ts';
import { isOurNote } from './say-there.ts';
import { source } from './webhook.ts';

const Kept = z.object({ source: z.literal(source), raw: z.string() });

/** Works through what PagerDuty has sent. */
export async function hear(body: unknown, delivery: string, inside: Inside): Promise<void> {
  const kept = Kept.safeParse(body);
  const read = kept.success ? readDelivery(kept.data.raw, inside.now()) : undefined;
  if (read?.is !== 'event') return;
  const { event } = read;
  const found = await pageOf(event, inside);
  if (!found) return begin(event, delivery, inside);
  const who = event.responder?.person ?? event.by;
  const by = who && (await takerOf(who, inside));
  const echo = event.by !== undefined && (await isBotItself(event.by, inside));
  const asked = { person: by?.person ?? 'pagerduty', delivery };
  const into = await mergedInto(event, inside);
  if (into && into.id !== found.incident.id) {
    const merged = await inside.desk.merge(found.incident.id, into.id, asked);
    if (!('refused' in merged)) return;
  }
  const command = commandFor(event, found, { by, echo }, inside);
  if (command) await inside.desk.handle(found.incident.id, command, asked);
}

interface Found {
  incident: Incident;
  page: Page;
}

async function pageOf({ incident: { id, key } }: PagerEvent, inside: Inside): Promise<Found | undefined> {
  const ours = key === undefined ? undefined : incidentOfKey(key);
  const { store } = inside;
  const incident = await store.read((tx) => (ours ? tx.incidents.load(ours) : tx.incidents.byPage(id)));
  const page = incident?.pages.find((one) => one.key === key || one.outside?.id === id);
  return incident && page ? { incident, page } : amongUnlinked(id, inside);
}

/** News may come before we know under which id PagerDuty keeps a page, or even that it took it: a note does not name the key. */
async function amongUnlinked(id: string, { store, paging }: Inside): Promise<Found | undefined> {
  const pager = paging?.pager?.incidents;
  if (!pager) return undefined;
  const open = await store.read((tx) => tx.incidents.list({ statuses: openStatuses }));
  const unlinked = open.flatMap((incident) =>
    incident.pages.filter((page) => !page.outside && !page.asked).map((page) => ({ incident, page })),
  );
  let unanswered: unknown;
  for (const found of unlinked.slice(0, mostLooked)) {
    const there = await pager.find(found.page.key).catch((error: unknown) => {
      unanswered = error;
      return undefined;
    });
    if (there?.id === id) return found;
  }
  // It may be about one of these: the inbox tries again, since nothing else brings a note a second time.
  if (unanswered) throw unanswered;
  return undefined;
}

/** Each is a request, and the webhooks of a whole account may come here. */
const mostLooked = 5;

/** Where the policy lets it: what was merged there is merged here. */
async function mergedInto({ mergedInto: id }: PagerEvent, { store, policy }: Inside): Promise<Incident | undefined> {
  if (!id || !policy.paging.follow.inward.includes('merge')) return undefined;
  return store.read((tx) => tx.incidents.byPage(id));
}

/** Somebody there whom nobody here can name has a name all the same. */
async function takerOf(account: PagerPerson, inside: Inside): Promise<Taker> {
  const person = await personOf(account, inside).catch((err: unknown) => {
    inside.log.warn({ err }, 'could not find out who an account of PagerDuty is in Slack');
    return undefined;
  });
  return { account: account.id, name: account.name, ...(person && { person }) };
}

const news: Partial<Record<PagerEventKind, (typeof pageNews)[number]>> = {
  triggered: 'triggered',
  acknowledged: 'acknowledged',
  unacknowledged: 'unacknowledged',
  escalated: 'escalated',
  reassigned: 'reassigned',
  delegated: 'reassigned',
  resolved: 'resolved',
  merged: 'resolved',
  reopened: 'reopened',
};

function commandFor(
  event: PagerEvent,
  found: Found,
  { by, echo }: { by: Taker | undefined; echo: boolean },
  { policy: { paging } }: Inside,
): Command | undefined {
  const { kind, at, incident, text } = event;
  const {
    incident: ours,
    page: { number: page },
  } = found;
  const what = news[kind];
  if (what) {
    const outside = { id: incident.id, ...(incident.url && { url: incident.url }) };
    const assigned = incident.assigned.map(({ name }) => name);
    return { type: 'reportPageState', page, what, at, echo, assigned, outside, ...(by && { by }) };
  }
  if (kind === 'priority-changed' && paging.follow.inward.includes('severity')) {
    const to = severities.find((one) => paging.severities[one].priority === (incident.priority?.id ?? ''));
    return to && to !== ours.severity
      ? { type: 'changeSeverity', to, reason: 'Its priority was changed in PagerDuty' }
      : undefined;
  }
  if (kind === 'annotated' && text && !isOurNote(text, ours))
    return { type: 'reportPageNote', page, text, ...(by && { by }) };
  return kind === 'responder-replied' ? replyOf(event, found, by) : undefined;
}

/** To a request of ours; what people ask of one another in PagerDuty is a note. */
function replyOf({ at, responder }: PagerEvent, { incident, page }: Found, by: Taker | undefined): Command | undefined {
  if (!responder?.person || (responder.answer !== 'accepted' && responder.answer !== 'declined')) return undefined;
  const { person, answer } = responder;
  const request = requestTo(responder, page, incident);
  if (request) return { ...answered(request, { answer, at }), ...(by && { by }) };
  const text = `${person.name} ${answer === 'accepted' ? 'is coming to help' : 'cannot come'}`;
  return { type: 'reportPageNote', page: page.number, text, ...(by && { by }) };
}
