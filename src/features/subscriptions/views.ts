import type { KnownBlock, ModalView } from '@slack/types';
import type { Incident } from '../../incident/incident.ts';
import { isOver } from '../../incident/lifecycle.ts';
import { severities } from '../../incident/severity.ts';
import type { Policy } from '../../policy.ts';
import {
  actions,
  button,
  context,
  cut,
  escape,
  field,
  type Message,
  option,
  plain,
  section,
  time,
} from '../../slack/blocks.ts';
import { quote, quoteWhole, severityName, statusName } from '../../slack/incident-words.ts';
import { incidentName } from '../../slack/views.ts';
import type { Rule } from '../../store/subscriptions.ts';
import { impactLine } from '../impact/views.ts';
import { nextUpdateLine } from '../updates/promise.ts';

export const follow = (incident: Incident) => button('follow', 'Follow', incident.id);

const icon = (incident: Incident) => (isOver(incident) ? ':white_check_mark:' : ':rotating_light:');
const kind = (incident: Incident) => (incident.isPractice ? 'Practice · ' : '');

function standing(incident: Incident, policy: Policy): string {
  const into = incident.mergedInto ? ` into #${incident.mergedInto.number}` : '';
  return `${kind(incident)}${escape(severityName(incident, policy))} · ${statusName(incident.status)}${into}`;
}

const promise = (incident: Incident, now: Date): string =>
  nextUpdateLine(incident, now) ?? (incident.resolvedAt ? `Resolved ${time(incident.resolvedAt)}` : 'It is over');

/** The one message by which a follower knows how an incident stands; edited in place. */
export function livingMessage(incident: Incident, policy: Policy, now: Date): Message {
  const update = incident.latestUpdate;
  return {
    text: `${standing(incident, policy)}: #${incident.number} ${escape(cut(incident.title, 150))}`,
    blocks: [
      section(
        [
          `${icon(incident)} ${incidentName(incident)}`,
          standing(incident, policy),
          `Customers ${impactLine(incident, policy, now)}`,
        ].join('\n'),
      ),
      ...(update ? [section(`*Latest update* ${time(update.at)}`), section(quote(cut(update.text, 1000)))] : []),
      context(promise(incident, now)),
      actions('living', [
        ...(isOver(incident) ? [] : [button('join', 'Join', incident.id)]),
        button('unfollow', 'Unfollow this', incident.id),
      ]),
    ],
  };
}

/** Says nothing of a private incident but that it is one. */
export function lostMessage({ number, isPrivate }: Incident): Message {
  const text = isPrivate ? `#${number} is private now.` : `You no longer follow #${number}.`;
  const way = isPrivate ? [context('Whoever is in its channel goes on there. Nothing more comes here.')] : [];
  return { text, blocks: [section(isPrivate ? `:lock: ${text}` : text), ...way] };
}

export function stoppedMessage(incident: Incident): Message {
  const text = `You do not follow #${incident.number} any more.`;
  return {
    text,
    blocks: [
      section(`${incidentName(incident)}\n${text}`),
      actions('stopped', [button('follow', 'Follow again', incident.id)]),
    ],
  };
}

export interface DigestLine {
  incident: Incident;
  /** `lost`: it is private now, or no longer this person's to see. */
  follows: 'following' | 'stopped' | 'lost';
}

/** Slack takes 50 blocks in a message; the rest is counted. */
const mostLines = 40;

/** Several incidents in one message, a line each. */
export function digestMessage(lines: DigestLine[], policy: Policy): Message {
  const running = lines.filter(({ incident, follows }) => follows === 'following' && !isOver(incident)).length;
  const text =
    running === 0
      ? 'Nothing of this goes on any more'
      : `${running} more ${running === 1 ? 'incident is' : 'incidents are'} going on`;
  return {
    text,
    blocks: [
      section(`*${text}*`),
      ...lines.slice(-mostLines).map((line) => digestLine(line, policy)),
      ...(lines.length > mostLines ? [context(`and ${lines.length - mostLines} before these`)] : []),
      context('You follow everything. While several incidents run at once, I keep the newer ones together here.'),
      actions('digest', [button('open-subscriptions', 'Change what I follow', '')]),
    ],
  };
}

function digestLine({ incident, follows }: DigestLine, policy: Policy): KnownBlock {
  if (follows !== 'following') return section((follows === 'lost' ? lostMessage : stoppedMessage)(incident).text);
  const said = incident.latestUpdate ? `\n${escape(cut(incident.latestUpdate.text.replace(/\s+/g, ' '), 120))}` : '';
  const line = section(`${icon(incident)} ${incidentName(incident)}\n${standing(incident, policy)}${said}`);
  return isOver(incident) ? line : { ...line, accessory: follow(incident) };
}

export const digestUpdate = (incident: Incident, { text, by }: { text: string; by: string }): Message => ({
  text: escape(cut(text, 3000)),
  blocks: [section(`${incidentName(incident)}\n*Update* by <@${by}>`), ...quoteWhole(text)],
});

/** What a rule catches, in the words of the policy: `SEV2 and worse`. */
export function ruleName(rule: Rule, policy: Policy): string {
  if (rule.what === 'all') return 'every incident';
  if (rule.what === 'service') return `every incident of ${policy.services[rule.of]?.name ?? rule.of}`;
  const worst = severities.indexOf(rule.of) === 0;
  return `every ${policy.severities[rule.of].name}${worst ? '' : ' and worse'}`;
}

export interface Chosen {
  rules: Rule[];
  /** The open incidents that this person can see, and whether they follow them. */
  open: { incident: Incident; follows: boolean }[];
}

/** Slack's limit for the options of a select, and for its chosen ones. */
const mostOptions = 100;

/** The incidents that the form can show; those that are followed come first, so that none is missing where it must be ticked. */
export const offered = ({ open }: Chosen) =>
  open.toSorted((a, b) => Number(b.follows) - Number(a.follows)).slice(0, mostOptions);

export function subscriptionsModal(chosen: Chosen, policy: Policy): ModalView {
  const shown = offered(chosen);
  const followed = shown.filter(({ follows }) => follows).map(({ incident }) => incident.number);
  return {
    type: 'modal',
    callback_id: 'subscriptions',
    private_metadata: JSON.stringify({ followed }),
    title: plain('What I follow'),
    submit: plain('Save'),
    close: plain('Cancel'),
    blocks: [
      section(
        'Each incident you follow comes as one direct message that stays up to date. Its updates are in the thread.',
      ),
      everything(chosen),
      severity(chosen, policy),
      ...services(chosen, policy),
      ...incidents(shown),
      context('Private incidents never come by a rule, and practice runs only when you follow that one.'),
    ],
  };
}

function everything({ rules }: Chosen): KnownBlock {
  const all = option('all', 'Every incident');
  const has = rules.some(({ what }) => what === 'all');
  const element = { type: 'checkboxes' as const, options: [all], ...(has && { initial_options: [all] }) };
  return field('all', 'Everything', element, { optional: true });
}

function severity({ rules }: Chosen, policy: Policy): KnownBlock {
  const options = severities.map((key, index) =>
    option(key, `${policy.severities[key].name}${index === 0 ? '' : ' and worse'}`),
  );
  const rule = rules.find(({ what }) => what === 'severity');
  const now = options.find(({ value }) => value === rule?.of);
  const element = {
    type: 'static_select' as const,
    options: [option('none', 'By no severity'), ...options],
    initial_option: now ?? option('none', 'By no severity'),
  };
  return field('severity', 'By severity', element);
}

function services({ rules }: Chosen, policy: Policy): KnownBlock[] {
  const options = Object.entries(policy.services)
    .slice(0, mostOptions)
    .map(([key, { name }]) => option(key, name));
  if (options.length === 0) return [];
  const has = options.filter(({ value }) => rules.some(({ what, of }) => what === 'service' && of === value));
  const element = {
    type: 'multi_static_select' as const,
    options,
    ...(has.length > 0 && { initial_options: has }),
  };
  return [field('services', 'By service', element, { optional: true })];
}

function incidents(shown: Chosen['open']): KnownBlock[] {
  if (shown.length === 0) return [];
  const optionOf = ({ incident }: Chosen['open'][number]) =>
    option(String(incident.number), `#${incident.number} ${incident.title}`);
  const has = shown.filter(({ follows }) => follows).map(optionOf);
  const element = {
    type: 'multi_static_select' as const,
    options: shown.map(optionOf),
    ...(has.length > 0 && { initial_options: has }),
  };
  return [field('incidents', 'What is going on now', element, { optional: true })];
}

export const followingText = (incident: Incident): Message => ({
  text: `You follow ${incidentName(incident)} now. I keep one direct message to you up to date.`,
});

export const unfollowedText = (incident: Incident): Message => ({
  text: `You do not follow ${incidentName(incident)} any more.`,
});

export function ruleText(rule: Rule, policy: Policy, change: 'added' | 'had' | 'removed' | 'missing'): Message {
  const name = escape(ruleName(rule, policy));
  const texts = {
    added: `You follow ${name} now, also what is going on already, from its next change. Each comes as one direct message.`,
    had: `You follow ${name} already. \`/incident subscribe\` shows all you follow.`,
    removed: `You do not follow ${name} any more. Messages you have go on; *Unfollow this* ends one.`,
    missing: `You did not follow ${name}. \`/incident subscribe\` shows what you follow.`,
  };
  return { text: texts[change] };
}

export function unknownWish(typed: string, near: string | undefined, word: 'subscribe' | 'unsubscribe'): Message {
  const meant = near ? ` Did you mean \`/incident ${word} ${escape(near)}\`?` : '';
  const ways = `An incident (\`#7\`), a service, a severity (\`sev1\`) or \`all\`. Without a word, a form shows what you follow.`;
  return { text: `I do not know *${escape(cut(typed, 60))}*.${meant}\n${ways}` };
}
