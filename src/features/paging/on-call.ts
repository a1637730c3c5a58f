import { denial } from '../../may.ts';
import type { Policy } from '../../policy.ts';
import { escape, type Message, section } from '../../slack/blocks.ts';
import type { Inside } from '../../slack/inside.ts';
import { nearest } from '../../slack/nearest.ts';
import { denialText } from '../../slack/refusals.ts';
import type { Subcommand } from '../../slack/subcommand.ts';
import { dutyLine, onlyPagerDuty } from './duty.ts';
import { targetNamed } from './targets.ts';

/** Each is a request to PagerDuty. */
const mostAsked = 10;

export const onCallSubcommand: Subcommand = {
  name: 'oncall',
  usage: 'oncall [service]',
  help: 'Who is on call now and next.',
  where: 'anywhere',
  async run(call, inside) {
    const denied = denial(inside.policy, call.person, 'see');
    if (denied) return { text: denialText(denied) };
    const { targets, firstWay } = inside.policy.paging;
    if (Object.keys(targets).length === 0) return { text: notSetUp };
    if (firstWay) return { text: onlyPagerDuty };
    const one = call.text ? targetNamed(call.text, inside.policy) : undefined;
    if (call.text && !one) return unknownTarget(call.text, inside.policy);
    return onCallMessage(one ? [one] : Object.keys(targets).slice(0, mostAsked), inside);
  },
};

export const notSetUp =
  'Nobody can be paged yet: neither PagerDuty nor another way is set up. docs/paging.md leads whoever runs me there in ten minutes.';

export function unknownTarget(asked: string, { paging }: Policy): Message {
  const names = Object.values(paging.targets).map(({ name }) => `*${escape(name)}*`);
  const near = nearest(asked.slice(0, 60), Object.keys(paging.targets));
  const meant = near ? ` Did you mean \`/incident oncall ${near}\`?` : '';
  return {
    text: `I know nobody to page by the name ${escape(asked.slice(0, 60))}.${meant} There are ${names.join(', ')}.`,
  };
}

async function onCallMessage(keys: string[], inside: Inside): Promise<Message> {
  const { targets } = inside.policy.paging;
  const lines = await Promise.all(
    keys.map(async (key) => {
      const target = targets[key];
      return target ? `*${escape(target.name)}*\n${await dutyLine(target, inside)}` : '';
    }),
  );
  return { text: 'Who is on call', blocks: lines.map((line) => section(line)) };
}
