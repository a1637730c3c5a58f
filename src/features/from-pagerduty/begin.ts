import { byPager } from '../../incident/begun.ts';
import { Declare } from '../../incident/commands.ts';
import { incidentOfKey } from '../../incident/page.ts';
import type { PagerEvent, PagerEventKind } from '../../integrations/pager-shapes.ts';
import type { BeginRule } from '../../policy-begin.ts';
import type { Inside } from '../../slack/inside.ts';
import { isMapped, ruleFor, servicesFor } from './match.ts';
import { offerAnew, offerKey, offerOf } from './offer.ts';
import { begunOf } from './stands.ts';
import { type Started, startedOf } from './started.ts';
import { refuseTwin, Twin } from './twin.ts';

/** What tells that it rings. A priority is often given later than that, and a rule may ask for it. */
const beginnings = new Set<PagerEventKind>(['triggered', 'reopened', 'priority-changed']);

/**
 * Something happened to an incident of PagerDuty's that none here is about: a rule of the policy declares it, or it is offered to people.
 * An offer says what became of it. What this bot made itself, or another one of its kind, is neither.
 */
export async function begin(event: PagerEvent, delivery: string, inside: Inside): Promise<void> {
  const { policy } = inside;
  const { id, key, status } = event.incident;
  if (!policy.paging.declare || (key !== undefined && incidentOfKey(key))) return;
  const isBeginning = beginnings.has(event.kind) && status !== 'resolved';
  const started = startedOf(event);
  const found = isBeginning ? ruleFor(started, policy) : undefined;
  if (found) return declareBy(found, started, delivery, inside);
  const isOffered = isBeginning && policy.paging.declare.offer !== false && isMapped(started, policy);
  await offer(id, isOffered ? started : undefined, inside);
}

async function declareBy(
  { rule, number }: { rule: BeginRule; number: number },
  started: Started,
  delivery: string,
  inside: Inside,
): Promise<void> {
  const begun = await begunOf(started, inside);
  // It was over before it was heard of, as when the bot was away: nobody is woken for that.
  if (begun.state === 'resolved') return;
  const command = Declare.parse({
    type: 'declare',
    title: started.title,
    severity: rule.severity,
    services: rule.services ?? servicesFor(started, inside.policy),
    impact: { felt: 'unknown' },
    isPrivate: rule.private,
    begun: { ...begun, rule: number },
  });
  const by = { person: byPager, delivery };
  const outcome = await inside.desk
    .declare(command, by, (tx) => refuseTwin(tx, started.id))
    .catch((error: unknown) => {
      if (error instanceof Twin) return undefined;
      throw error;
    });
  if (outcome && 'refused' in outcome)
    inside.log.error({ rule: number, refused: outcome.refused }, 'a rule of paging.declare could not declare');
}

/** One message for each, however often and by whichever replica it is heard of: it is kept like a form, which succeeds once. */
async function offer(id: string, started: Started | undefined, { transact, now }: Inside): Promise<void> {
  await transact(async (tx) => {
    const was = await tx.forms.outcome(offerKey(id));
    if (was) return tx.outbox.enqueue([offerAnew(id)], now());
    if (!started) return;
    await tx.forms.keep(offerKey(id), { offered: true }, now());
    await tx.outbox.enqueue([offerOf(started)], now());
  });
}
