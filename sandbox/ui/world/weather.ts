/** Bad nights that a press brings, and the rules behind them. */
import type { FaultRule } from '../../wire.ts';

export type Strength = { label: string; rule: FaultRule };

export type Weather = { id: string; name: string; what: string; strengths: Strength[] };

export const weathers: Weather[] = [
  {
    id: 'weather-latency',
    name: 'Slow answers',
    what: 'Every call of the bot takes longer.',
    strengths: [
      { label: '300 ms', rule: { kind: 'latency', ms: 300 } },
      { label: '2 s', rule: { kind: 'latency', ms: 2000 } },
      { label: '8 s', rule: { kind: 'latency', ms: 8000 } },
    ],
  },
  {
    id: 'weather-ratelimit',
    name: 'Too many requests',
    what: 'Slack answers 429, come back in 3 s.',
    strengths: [
      { label: 'a third', rule: { kind: 'ratelimit', retryAfter: 3, probability: 0.33 } },
      { label: 'most', rule: { kind: 'ratelimit', retryAfter: 3, probability: 0.8 } },
      { label: 'the next one', rule: { kind: 'ratelimit', retryAfter: 3, times: 1 } },
    ],
  },
  {
    id: 'weather-lost-reply',
    name: 'Lost replies',
    what: 'Slack does it, and the bot never hears of it.',
    strengths: [
      { label: 'a third', rule: { kind: 'lost-reply', probability: 0.33 } },
      { label: 'most', rule: { kind: 'lost-reply', probability: 0.8 } },
      { label: 'the next one', rule: { kind: 'lost-reply', times: 1 } },
    ],
  },
  {
    id: 'weather-error',
    name: 'Server errors',
    what: 'Slack says 503 and has done nothing.',
    strengths: [
      { label: 'a third', rule: { kind: 'error-before', status: 503, probability: 0.33 } },
      { label: 'most', rule: { kind: 'error-before', status: 503, probability: 0.8 } },
    ],
  },
  {
    id: 'weather-duplicate',
    name: 'Everything twice',
    what: 'Events reach the bot more than once.',
    strengths: [{ label: 'all', rule: { kind: 'event-duplicate' } }],
  },
];

const ofPagerDuty = 'pagerduty.*';

/** The same nights over PagerDuty, which has them by itself. */
export const pagerWeathers: Weather[] = [
  {
    id: 'pager-latency',
    name: 'Slow answers of PagerDuty',
    what: 'Every call takes longer.',
    strengths: [
      { label: '300 ms', rule: { kind: 'latency', method: ofPagerDuty, ms: 300 } },
      { label: '2 s', rule: { kind: 'latency', method: ofPagerDuty, ms: 2000 } },
      { label: '8 s', rule: { kind: 'latency', method: ofPagerDuty, ms: 8000 } },
    ],
  },
  {
    id: 'pager-ratelimit',
    name: 'Too many requests to PagerDuty',
    what: 'It answers 429.',
    strengths: [
      { label: 'most', rule: { kind: 'ratelimit', method: ofPagerDuty, retryAfter: 3, probability: 0.8 } },
      { label: 'all', rule: { kind: 'ratelimit', method: ofPagerDuty, retryAfter: 3 } },
    ],
  },
  {
    id: 'pager-lost-reply',
    name: 'Lost replies of PagerDuty',
    what: 'It pages, and the bot never hears of it.',
    strengths: [
      { label: 'most', rule: { kind: 'lost-reply', method: ofPagerDuty, probability: 0.8 } },
      { label: 'the next one', rule: { kind: 'lost-reply', method: ofPagerDuty, times: 1 } },
    ],
  },
  {
    id: 'pager-duplicate',
    name: 'Webhooks twice',
    what: 'Each reaches the bot more than once.',
    strengths: [{ label: 'all', rule: { kind: 'event-duplicate', type: ofPagerDuty } }],
  },
];

/** In words, for rules that others made. */
export function ruleWords(rule: FaultRule): string {
  const { kind, times, probability } = rule;
  const where =
    'method' in rule && rule.method ? ` for ${rule.method}` : 'type' in rule && rule.type ? ` for ${rule.type}` : '';
  const often = probability === undefined ? '' : `, ${Math.round(probability * 100)} % of the time`;
  const left = times === undefined ? '' : `, ${times} more`;
  return `${kind.replaceAll('-', ' ')}${where}${often}${left}`;
}

/** Which strength a rule that is on was made with. */
export function strengthOf({ strengths }: Weather, rule: FaultRule | undefined): number {
  if (!rule) return -1;
  const same = ({ rule: own }: Strength) =>
    Object.entries(own).every(([field, value]) => field === 'times' || rule[field as keyof FaultRule] === value);
  return strengths.findIndex(same);
}
