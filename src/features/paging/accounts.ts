import type { Page } from '../../incident/page.ts';
import type { PagerPerson, Rung } from '../../integrations/pager-shapes.ts';
import type { Paging } from '../../paging.ts';
import { isPerson } from '../../slack/mention.ts';
import type { People } from '../../slack/people.ts';

interface Known {
  paging?: Paging | undefined;
  people: People;
}

/** The e-mail of somebody in Slack, by which PagerDuty knows them; undefined where Slack does not show it, or nobody did it. */
export async function emailOf(person: string, { people }: Pick<Known, 'people'>): Promise<string | undefined> {
  if (!isPerson(person)) return undefined;
  return (await people.who(person)).email;
}

/** Whom PagerDuty knows as this person. */
export async function accountOf(person: string, known: Known): Promise<PagerPerson | undefined> {
  const email = await emailOf(person, known);
  return email ? known.paging?.onCall?.personByEmail(email) : undefined;
}

/** Whom PagerDuty is to ring; undefined: it has no name for them. */
export async function reachedBy({ target }: Page, known: Known): Promise<Rung | undefined> {
  if (target.kind === 'target')
    return target.escalationPolicy ? { escalationPolicy: target.escalationPolicy } : undefined;
  const account = await accountOf(target.person, known);
  return account && { person: account.id };
}

/** In whose name something is done at PagerDuty: theirs if they have an account, the bot's otherwise. */
export async function nameFor(person: string, known: Known): Promise<{ as?: string }> {
  const email = (await accountOf(person, known))?.email;
  return email ? { as: email } : {};
}

/** Who an account is in Slack; undefined where nobody has its e-mail, or the app may not look. */
export async function personOf(account: PagerPerson, { paging, people }: Known): Promise<string | undefined> {
  const email = account.email ?? (await paging?.onCall?.person(account.id))?.email;
  return email ? people.byEmail(email) : undefined;
}

/** Whether it was done in the bot's own name, for whoever has no account. */
export async function isBotItself(account: PagerPerson, { paging }: Pick<Known, 'paging'>): Promise<boolean> {
  const from = paging?.from;
  if (!from) return false;
  if (account.email) return account.email.toLowerCase() === from.toLowerCase();
  const own = await paging.onCall?.personByEmail(from).catch(() => undefined);
  return own?.id === account.id;
}
