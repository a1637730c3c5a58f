import type { Page, PageTarget } from '../../incident/page.ts';
import type { PageWay, Taker } from '../../incident/page-commands.ts';
import { cut, escape } from '../../slack/blocks.ts';

/** Who is woken, for mrkdwn. */
export const whom = (target: PageTarget): string =>
  target.kind === 'person' ? `<@${target.person}>` : escape(target.name);

/** Of names that are not ours. */
const longestName = 60;

export const taker = ({ person, name }: Taker): string =>
  person ? `<@${person}>` : escape(cut(name ?? 'somebody', longestName));

const mostNamed = 3;

function listed(names: string[]): string {
  const more = names.length - mostNamed;
  return [...names.slice(0, mostNamed), ...(more > 0 ? [`${more} more`] : [])].join(', ');
}

export const takersOf = ({ takers }: Page): string => listed(takers.map(taker));

export const declinersOf = ({ decliners = [] }: Page): string => listed(decliners.map(taker));

/** Whom it rings now, as the pager names them. */
export const rungBy = ({ assigned }: Page): string => listed(assigned.map((name) => escape(cut(name, longestName))));

export const wayNames: Record<PageWay, string> = {
  pagerduty: 'PagerDuty',
  'second-key': 'the second PagerDuty key',
  mail: 'mail',
  webhook: 'the webhook',
};
