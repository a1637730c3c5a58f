import { byPager } from '../incident/begun.ts';

export const isPerson = (id: string | undefined): id is string => /^[UW][A-Z0-9]+$/.test(id ?? '');

/** Who acts here without being anybody in Slack. */
const others: Record<string, string> = { [byPager]: 'PagerDuty' };

/** What it is called, where no person did it. */
export const otherName = (by: string): string => (Object.hasOwn(others, by) && others[by]) || 'Tocsin';

/** Who did it, for mrkdwn. */
export const mention = (by: string): string => (isPerson(by) ? `<@${by}>` : otherName(by));
