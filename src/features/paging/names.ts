import type { Page, PageTarget } from '../../incident/page.ts';
import type { PageWay, Taker } from '../../incident/page-commands.ts';
import { escape } from '../../slack/blocks.ts';

/** Who is woken, for mrkdwn. */
export const whom = (target: PageTarget): string =>
  target.kind === 'person' ? `<@${target.person}>` : escape(target.name);

export const taker = ({ person, name }: Taker): string => (person ? `<@${person}>` : escape(name ?? 'somebody'));

export const takersOf = ({ takers }: Page): string => takers.map(taker).join(', ');

/** Who did it here; by itself where it was no person. */
export const doer = (by: string): string => (/^[UW][A-Z0-9]+$/.test(by) ? `<@${by}>` : 'Tocsin');

export const wayNames: Record<PageWay, string> = {
  pagerduty: 'PagerDuty',
  'second-key': 'the second PagerDuty key',
  mail: 'mail',
  webhook: 'the webhook',
};
