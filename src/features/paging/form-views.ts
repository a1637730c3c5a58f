import type { ModalView } from '@slack/types';
import type { Incident } from '../../incident/incident.ts';
import type { Page } from '../../incident/page.ts';
import { longestReason } from '../../incident/page-commands.ts';
import { pageToHelpWith } from '../../incident/paging.ts';
import type { Policy } from '../../policy.ts';
import { context, escape, field, option, plain, section } from '../../slack/blocks.ts';
import { incidentName } from '../../slack/views.ts';
import { whom } from './names.ts';

export interface PageDraft {
  target?: string | undefined;
  person?: string | undefined;
  why?: string;
  /** Who is on call at the target now, in words. */
  duty?: string;
  metadata: string;
  /** Outside of one: those it may belong to. */
  choose?: Incident[] | undefined;
}

/** What the choice of no incident is called among those there are. */
export const none = 'none';

/** Choose whom, say why, see who would be woken. */
export function pageModal(incident: Incident | undefined, draft: PageDraft, policy: Policy): ModalView {
  const { target, person, why = '', duty, metadata, choose } = draft;
  const targets = Object.entries(policy.paging.targets).map(([key, { name }]) => option(key, name));
  const host = incident && pageToHelpWith(incident, policy);
  const chosen = targets.find(({ value }) => value === target);
  return {
    type: 'modal',
    callback_id: 'page',
    private_metadata: metadata,
    title: plain('Page somebody'),
    submit: plain('Page'),
    close: plain('Cancel'),
    blocks: [
      ...(incident ? [section(incidentName(incident))] : []),
      ...(host ? [context(helping(host))] : []),
      ...(choose ? [chooseIncident(choose)] : []),
      field(
        'page-target',
        'Which team or service?',
        { type: 'static_select', options: targets.slice(0, 100), ...(chosen && { initial_option: chosen }) },
        { optional: true, dispatch: true },
      ),
      ...(duty ? [context(duty)] : []),
      field(
        'page-person',
        'Or one person',
        { type: 'users_select', ...(person && { initial_user: person }) },
        { optional: true, hint: 'They need a PagerDuty account with the same e-mail.' },
      ),
      field('page-why', 'Why do you need them?', {
        type: 'plain_text_input',
        max_length: longestReason,
        placeholder: plain('The first thing they read at night', 150),
        ...(why && { initial_value: why.slice(0, longestReason) }),
      }),
    ],
  };
}

function chooseIncident(open: Incident[]) {
  const options = [
    option(none, 'Nothing yet: begin one'),
    ...open
      .slice(0, 99)
      .map(({ id, number, title, isPractice }) => option(id, `#${number} ${isPractice ? 'Practice · ' : ''}${title}`)),
  ];
  const [first] = options;
  return field(
    'page-incident',
    'For which incident?',
    { type: 'static_select', options, ...(first && { initial_option: first }) },
    { hint: 'A page with no incident begins one, so that it is written down who was woken and what came of it.' },
  );
}

const helping = ({ target }: Page) =>
  `Whom PagerDuty can ask is asked to help with the page to ${whom(target)}, and accepts or declines there.`;

export const dutyPreview = (name: string, line: string): string => `*${escape(name)}* · ${line}`;
